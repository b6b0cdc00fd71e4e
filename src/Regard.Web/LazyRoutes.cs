namespace Regard;

/// <summary>
/// MapGet and its siblings as everywhere in ASP.NET, except that the code that binds a request to a handler's parameters is compiled when
/// the endpoint is asked for the first time. The framework compiles that of every endpoint before it answers the first request: half a
/// second of the processor at each start, most of it for pages that nobody opens today. As our namespace is nearer than the framework's,
/// these are the ones that are called.
/// </summary>
internal static class LazyRoutes
{
    public static RouteHandlerBuilder MapGet(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        Map(routes, pattern, handler, HttpMethods.Get);

    public static RouteHandlerBuilder MapPost(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        Map(routes, pattern, handler, HttpMethods.Post);

    public static RouteHandlerBuilder MapPut(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        Map(routes, pattern, handler, HttpMethods.Put);

    public static RouteHandlerBuilder MapPatch(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        Map(routes, pattern, handler, HttpMethods.Patch);

    public static RouteHandlerBuilder MapDelete(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        Map(routes, pattern, handler, HttpMethods.Delete);

    public static RouteHandlerBuilder MapMethods(this IEndpointRouteBuilder routes, string pattern, IEnumerable<string> methods, Delegate handler) =>
        Map(routes, pattern, handler, [.. methods]);

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder routes, string pattern, Delegate handler, params string[] methods) =>
        Microsoft.AspNetCore.Routing.RouteHandlerServices.Map(routes, pattern, handler, methods, RequestDelegateFactory.InferMetadata, Create);

    // What is known of the endpoint (metadata, rules, the API document) was inferred before; only the delegate waits.
    private static RequestDelegateResult Create(Delegate handler, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? inferred)
    {
        var bound = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, inferred).RequestDelegate);
        return new RequestDelegateResult(http => bound.Value(http), [.. options.EndpointBuilder!.Metadata]);
    }
}
