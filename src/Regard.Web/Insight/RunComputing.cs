namespace Regard.Insight;

/// <summary>Computing that takes longer than a node may be silent.</summary>
internal static class RunComputing
{
    /// <summary>Computes beside the telling of how far it is. Whoever cancels the run ends the computing where it calls back.</summary>
    /// <param name="compute">Calls back now and then; what comes back may throw.</param>
    public static async Task<T> ComputeAsync<T>(this RunAtHand run, string stage, Func<Action, T> compute)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(run.Stop);
        var computing = Task.Run(() => compute(ended.Token.ThrowIfCancellationRequested), CancellationToken.None);
        try
        {
            while (!computing.IsCompleted)
            {
                await run.TellAsync(new Progress(stage, 0, 0));
                await Task.WhenAny(computing, Task.Delay(TimeSpan.FromSeconds(1), run.Stop));
            }
        }
        catch (Exception)
        {
            await ended.CancelAsync();
            await ((Task)computing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        return await computing;
    }
}
