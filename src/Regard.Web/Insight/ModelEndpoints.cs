using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>The page about the models: which is used, why, and how well it did; each of its tables and plots as a file.</summary>
internal static class ModelEndpoints
{
    private const int PageSize = 10;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/insight/models", ShowAsync).ForStaff(Right.CustomersRead);
        routes.MapGet("/insight/models/{id:guid}/trial.csv", (HttpContext http, Guid id, Database database) => FileAsync(http, database, id, "trial", Trial)).ForStaff(Right.CustomersRead);
        routes.MapGet("/insight/models/{id:guid}/weeks.csv", (HttpContext http, Guid id, Database database) => FileAsync(http, database, id, "weeks", Weeks)).ForStaff(Right.CustomersRead);
        routes.MapGet("/insight/models/{id:guid}/repeats.csv", (HttpContext http, Guid id, Database database) => FileAsync(http, database, id, "repeats", Repeats)).ForStaff(Right.CustomersRead);
        routes.MapGet("/insight/models/{id:guid}/fits.csv", (HttpContext http, Guid id, Database database) => FileAsync(http, database, id, "fits", Fits)).ForStaff(Right.CustomersRead);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, [FromQuery(Name = "model")] Guid? modelId, [FromQuery(Name = "before")] Guid? before, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var models = new LoyaltyModelStore(work);
        var model = modelId is { } id ? await models.FindAsync(id) : await models.CurrentAsync();
        if (modelId is not null && model is null) return Layout.Faces.Missing();
        var history = await models.PageAsync(before, PageSize + 1);
        return new RazorComponentResult<ModelsPage>(new
        {
            Model = model,
            History = history.Take(PageSize).ToList(),
            Before = before,
            Next = history.Count > PageSize ? history[PageSize - 1].ModelId : (Guid?)null,
            Runs = await new InsightRunStore(work).PageAsync(LoyaltyWork.Kind, null, PageSize),
            Actor = http.Actor(),
            Now = clock.GetCurrentInstant(),
        });
    }

    private static async Task<IResult> FileAsync<T>(HttpContext http, Database database, Guid id, string name, Func<LoyaltyReport, List<T>> rows) where T : class
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new LoyaltyModelStore(work).FindAsync(id) is not { } model) return Layout.Faces.Missing();
        await CsvFile.WriteAsync<T>(http, $"{name}.csv", (last, _) => Task.FromResult(last is null ? rows(model.Read()) : []));
        return Results.Empty;
    }

    private static List<TrialLine> Trial(LoyaltyReport report) => [.. report.Tried.Select(way => new TrialLine(
        way.Name, way.ForPurchases, way.ForSilence, way.Trouble is { } trouble ? Words.Of(trouble) : null, way.Error, way.AbsoluteError, way.Bias, way.ExpectedAuc, way.AliveAuc, way.RegularAuc))];

    private static List<WeekLine> Weeks(LoyaltyReport report) => report.Tracking is not { } tracking ? [] : [.. tracking.Real.Select((real, week) => new WeekLine(
        report.FirstWeek.PlusWeeks(week), tracking.Firsts[week], real, tracking.Expected[week], week < tracking.Cut))];

    private static List<RepeatLine> Repeats(LoyaltyReport report) => report.Tracking is not { } tracking ? [] : [.. tracking.RealRepeats.Select((real, n) => new RepeatLine(n, n == tracking.RealRepeats.Count - 1, real, tracking.ExpectedRepeats[n]))];

    private static List<FitLine> Fits(LoyaltyReport report) => [.. report.Fits.Select(fit => new FitLine(
        fit.Name, fit.Model.Regularity, fit.Model.Parameters[0], fit.StandardErrors[0], fit.Model.Parameters[1], fit.StandardErrors[1],
        fit.Model.Parameters.ElementAtOrDefault(2), fit.StandardErrors.ElementAtOrDefault(2), fit.Model.Parameters.ElementAtOrDefault(3), fit.StandardErrors.ElementAtOrDefault(3),
        fit.LogLikelihood, fit.GradientNorm, Words.Of(fit.Trouble)))];

    private sealed record TrialLine(string Way, bool ForetellsPurchases, bool JudgesSilence, string? Trouble, double? Rmse, double? Mae, double? Bias, double? AucPurchases, double? AucSilence, double? AucSilenceRegular);

    private sealed record WeekLine(LocalDate WeekFrom, long NewCustomers, long RepeatPurchases, double Expected, bool WasLearnedFrom);

    private sealed record RepeatLine(int Repeats, bool AndMore, long Customers, double Expected);

    private sealed record FitLine(
        string Model, int Regularity, double First, double? FirstError, double Second, double? SecondError, double Third, double? ThirdError, double Fourth, double? FourthError, double LogLikelihood, double GradientNorm, string Trouble);
}
