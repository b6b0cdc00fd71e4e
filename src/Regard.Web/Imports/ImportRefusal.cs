namespace Regard.Imports;

/// <summary>A file cannot be imported at all; the message says why and what to do, and holds nothing of the file's contents.</summary>
internal sealed class ImportRefusal(string message) : Exception(message);
