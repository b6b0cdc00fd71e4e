using Regard.History;

// A worker of a history: started by HistoryRun with its order, it ends when its input is closed.
using var stop = new CancellationTokenSource();
var work = new Worker(WorkerOrder.Read(args[0])).RunAsync(stop.Token);
await Console.In.ReadToEndAsync();
await stop.CancelAsync();
await work;
