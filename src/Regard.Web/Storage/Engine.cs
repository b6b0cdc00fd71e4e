namespace Regard.Storage;

/// <summary>The databases that Regard runs on. Citus is PostgreSQL whose tables are distributed by customer.</summary>
internal enum Engine
{
    Sqlite,
    Postgres,
}
