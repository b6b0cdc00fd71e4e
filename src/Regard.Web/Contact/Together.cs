namespace Regard.Contact;

/// <summary>
/// Does together what is asked for in the same moment: whoever comes while the others are at work waits, and those who wait are the next
/// ones. One that asks alone is not kept waiting. When it fails for several, each is tried alone, so that nobody suffers for another.
/// </summary>
/// <param name="most">How many at once.</param>
/// <param name="groups">How many of these groups are under way at most.</param>
/// <param name="work">Does it for a group and answers for each in the same order. It fails only when nothing of it has taken effect, or when doing it again changes nothing.</param>
internal sealed class Together<T, TAnswer>(int most, int groups, Func<IReadOnlyList<T>, Task<IReadOnlyList<TAnswer>>> work)
{
    private readonly Lock _turn = new();
    private readonly Queue<(T Item, TaskCompletionSource<TAnswer> Answer)> _waiting = new();
    private int _underWay;

    public Task<TAnswer> DoAsync(T item)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_turn)
        {
            _waiting.Enqueue((item, answer));
            if (_underWay == groups) return answer.Task;
            _underWay++;
        }
        _ = Task.Run(RunAsync);
        return answer.Task;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            List<(T Item, TaskCompletionSource<TAnswer> Answer)> group = [];
            lock (_turn)
            {
                while (group.Count < most && _waiting.TryDequeue(out var next)) group.Add(next);
                if (group.Count == 0)
                {
                    _underWay--;
                    return;
                }
            }
            if (!await TryAsync(group)) await Task.WhenAll(group.Select(one => TryAsync([one])));
        }
    }

    private async Task<bool> TryAsync(List<(T Item, TaskCompletionSource<TAnswer> Answer)> group)
    {
        try
        {
            var answers = await work([.. group.Select(one => one.Item)]);
            for (var n = 0; n < group.Count; n++) group[n].Answer.SetResult(answers[n]);
            return true;
        }
        catch (Exception failure)
        {
            if (group.Count > 1) return false;
            group[0].Answer.SetException(failure);
            return true;
        }
    }
}
