using Microsoft.AspNetCore.Antiforgery;

namespace Regard.Access;

/// <summary>
/// Turns a request without a valid antiforgery token away. The framework only notes the failure and leaves it to whoever reads the form;
/// an endpoint that reads none would run.
/// </summary>
internal sealed class AntiforgeryGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } failed) return next(http);
        // The token could not be read because the body could not: too large, or cut off. That is what to say then.
        http.Response.StatusCode = failed.Error?.InnerException is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
