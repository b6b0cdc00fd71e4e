using System.Globalization;
using Regard.Storage;

namespace Regard.History;

/// <summary>The profiles of a run: profiles 2n and 2n + 1 are a pair.</summary>
internal static class Profiles
{
    public static Guid IdOf(int profile) => Guid.Parse($"01900000-0000-7000-8000-{profile:x12}");

    public static int Of(Guid customerId) => int.Parse(customerId.ToString("N").AsSpan(20), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static async Task FillAsync(Database database, int profiles)
    {
        const string Id = "('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
        await using var work = await database.WriteAsync(CancellationToken.None);
        await work.ExecuteAsync(
            $"""
            insert into customer (customer_id, kind, name, time_zone, country, source, created_at, updated_at)
            select {Id}, 'person', 'Profile ' || n, 'Europe/Vienna', 'AT', 'history', timestamptz '2026-01-01', timestamptz '2026-01-01' from generate_series(0, @profiles - 1) n;
            insert into identity (customer_id, identity_id, kind, value, source, recorded_at, recorded_by)
            select {Id}, {Id}, 'email', 'profile' || n || '@history.example', 'history', timestamptz '2026-01-01', 'system:history' from generate_series(0, @profiles - 1) n;
            insert into identity_lookup (value, kind, customer_id) select 'profile' || n || '@history.example', 'email', {Id} from generate_series(0, @profiles - 1) n;
            """,
            new { profiles });
        await work.CommitAsync();
    }
}
