namespace Regard.Imports;

/// <summary>How one kind of file is read: what each of its rows means.</summary>
internal interface IImportFormat
{
    /// <summary>Takes the current row. What is complete, and what cannot be recorded, is added to the chunk.</summary>
    void Take(CsvRows row, ImportChunk into);

    /// <summary>The file is read: what is still open is complete.</summary>
    void End(ImportChunk into);
}
