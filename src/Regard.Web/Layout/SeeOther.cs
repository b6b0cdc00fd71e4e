namespace Regard.Layout;

/// <summary>The answer to a form that was done: look at this page next (303, so that a reload sends nothing twice).</summary>
internal sealed class SeeOther(string path) : IResult
{
    public static IResult To(string path) => new SeeOther(path);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
