namespace Regard.Storage;

/// <summary>The program will not work on this database; the message says in one line what is wrong and what to do.</summary>
internal sealed class StorageRefusal(string message) : Exception(message);
