using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Post;

/// <summary>Batches of letters for other systems, for example a print service.</summary>
internal static class PostApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var batches = routes.MapApi("letter_batches");
        batches.MapGet("/", ListAsync).WithSummary("List batches of letters").ForApi(Right.ContactsWrite);
        batches.MapPost("/", MakeAsync).WithSummary("Make a batch of the letters that are due")
            .WithDescription("Each letter is decided again, counted and put into the batch in one transaction of its customer. batch_id is absent when no letter is due.").ForApi(Right.ContactsWrite);
        batches.MapGet("/{batchId:guid}/letters", LettersAsync).WithSummary("The letters of a batch").WithDescription("As JSON, or as a mail-merge file with Accept: text/csv. Letters that must not be posted any more are not among them.").ForApi(Right.ContactsWrite);
        batches.MapPost("/{batchId:guid}/posted", PostedAsync).WithSummary("Note that all letters of a batch were posted").ForApi(Right.ContactsWrite);
    }

    private static async Task<ApiPage<LetterBatch>> ListAsync(HttpContext http, [AsParameters] PageQuery page, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var before = page.Cursor(1) is [var word] && Guid.TryParse(word, out var last) ? last : (Guid?)null;
        return ApiPage<LetterBatch>.Of(await new LetterBatchStore(work).PageAsync(before, page.Take), page, batch => [batch.BatchId.ToString()]);
    }

    // Every letter is a transaction of its own: a request that is told twice finds nothing due any more, and makes no second letter.
    private static async Task<ApiAnswer<BatchMade>> MakeAsync(HttpContext http, Database database, IClock clock) =>
        ApiAnswer<BatchMade>.Ok(await new LetterDesk(database, clock).MakeAsync(http.Actor(), http.RequestAborted));

    private static async Task<ApiPage<LetterLine>> LettersAsync(HttpContext http, Guid batchId, [AsParameters] PageQuery page, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new LetterBatchStore(work).FindAsync(batchId) is null) throw ApiProblem.Absent("batch").Refusal();
        var after = page.Cursor(1) is [var word] && long.TryParse(word, out var last) ? last : 0;
        var letters = (await new LetterStore(work).OfBatchAsync(batchId)).Where(letter => letter.State is "printed" or "posted" && letter.Position > after).Take(page.Take);
        return ApiPage<LetterLine>.Of([.. letters.Select(LetterLine.Of)], page, letter => [letter.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
    }

    private static async Task<ApiAnswer<LettersPosted>> PostedAsync(HttpContext http, Guid batchId, Database database, IClock clock)
    {
        await using (var work = await database.ReadAsync(http.RequestAborted))
            if (await new LetterBatchStore(work).FindAsync(batchId) is null)
                throw ApiProblem.Absent("batch").Refusal();
        return ApiAnswer<LettersPosted>.Ok(new LettersPosted(await new LetterDesk(database, clock).PostedAsync(batchId, http.Actor(), http.RequestAborted)));
    }
}

/// <summary>How many letters were noted as posted now.</summary>
internal sealed record LettersPosted(int Posted);
