using static Regard.Access.Door;
using static Regard.Access.Right;

namespace Regard.Access;

/// <summary>
/// Every endpoint, and who may use it. A new endpoint gets its line here, by hand: that is the point.
/// The test walks each of them as everybody.
/// </summary>
internal static class AccessTable
{
    public static readonly IReadOnlyList<AccessRow> Rows =
    [
        new("GET", "/health", Public),
        new("POST", "/theme", Public),

        // Signing in and out
        new("GET", "/", Staff),
        new("GET", "/sign-in", Public),
        new("POST", "/sign-in", Public),
        new("GET", "/sign-in/code", Public),
        new("POST", "/sign-in/code", Public),
        new("POST", "/sign-out", Staff),
        new("GET", "/join/{token}", Public),
        new("POST", "/join/{token}", Public),
        new("GET", "/me/sign-in", Public),
        new("POST", "/me/sign-in", Public),
        new("GET", "/me/link/{token}", Public),
        new("POST", "/me/link/{token}", Public),
        new("POST", "/me/sign-out", Portal),

        // Customers
        new("GET", "/customers", Staff, CustomersRead),
        new("POST", "/customers/export", Staff, CustomersExport),
        new("GET", "/customers/new", Staff, CustomersWrite),
        new("POST", "/customers", Staff, CustomersWrite),
        new("GET", "/customers/{id:guid}", Staff, CustomersRead),
        new("GET", "/customers/{id:guid}/orders", Staff, CustomersRead),
        new("GET", "/customers/{id:guid}/record", Staff, CustomersRead),
        new("POST", "/customers/{id:guid}", Staff, CustomersWrite),
        new("POST", "/customers/{id:guid}/facts", Staff, CustomersWrite),
        new("POST", "/customers/{id:guid}/facts/{factId:guid}/retract", Staff, CustomersWrite),
        new("POST", "/customers/{id:guid}/identities", Staff, CustomersWrite),
        new("POST", "/customers/{id:guid}/identities/{identityId:guid}/fails", Staff, CustomersWrite),
        new("POST", "/customers/{id:guid}/identities/{identityId:guid}/works", Staff, CustomersWrite),
        new("POST", "/customers/{id:guid}/merge", Staff, CustomersMerge),
        new("POST", "/customers/{id:guid}/merge/{mergeId:guid}/undo", Staff, CustomersMerge),

        // Settings
        new("GET", "/settings", Staff, SettingsRead),
        new("GET", "/settings/staff", Staff, SettingsRead),
        new("POST", "/settings/staff", Staff, SettingsWrite),
        new("POST", "/settings/staff/{id:guid}/link", Staff, SettingsWrite),
        new("POST", "/settings/staff/{id:guid}/role", Staff, SettingsWrite),
        new("POST", "/settings/staff/{id:guid}/disable", Staff, SettingsWrite),
        new("POST", "/settings/staff/{id:guid}/enable", Staff, SettingsWrite),
        new("GET", "/settings/keys", Staff, SettingsRead),
        new("POST", "/settings/keys", Staff, SettingsWrite),
        new("POST", "/settings/keys/{id:guid}/revoke", Staff, SettingsWrite),
        new("GET", "/settings/audit", Staff, AuditRead),

        new("GET", "/settings/imports", Staff, ImportsRun),
        new("POST", "/settings/imports", Staff, ImportsRun),
        new("GET", "/settings/imports/{id:guid}/rejects", Staff, ImportsRun),
        // Changes, tasks, cases
        new("GET", "/changes", Staff, ChangesRead),
        new("GET", "/changes/new", Staff, ChangesWrite),
        new("POST", "/changes/new", Staff, ChangesWrite),
        new("GET", "/changes/{id:guid}", Staff, ChangesRead),
        new("POST", "/changes/{id:guid}/withdraw", Staff, ChangesWrite),
        new("POST", "/changes/{id:guid}/plans", Staff, ChangesWrite),
        new("GET", "/changes/{id:guid}/plans/{planId:guid}", Staff, ChangesRead),
        new("GET", "/changes/{id:guid}/plans/{planId:guid}/impact.csv", Staff, CustomersExport),
        new("POST", "/changes/{id:guid}/plans/{planId:guid}/start", Staff, ChangesWrite),
        new("GET", "/today", Staff, TasksWork),
        new("GET", "/tasks/{customerId:guid}/{taskId:guid}", Staff, TasksWork),
        new("POST", "/tasks/{customerId:guid}/{taskId:guid}", Staff, TasksWork),
        new("GET", "/cases", Staff, CasesWork),
        new("GET", "/cases/{customerId:guid}/new", Staff, CasesWork),
        new("POST", "/cases/{customerId:guid}/new", Staff, CasesWork),
        new("GET", "/cases/{customerId:guid}/{caseId:guid}", Staff, CasesWork),
        new("POST", "/cases/{customerId:guid}/{caseId:guid}/answer", Staff, CasesWork),
        new("POST", "/cases/{customerId:guid}/{caseId:guid}/hand-over", Staff, CasesWork),

        // API
        new("GET", "/api/v1/products", Door.Api, ProductsRead),
        new("GET", "/api/v1/products/{sku}", Door.Api, ProductsRead),
        new("PUT", "/api/v1/products/{sku}", Door.Api, ProductsWrite),
        new("GET", "/api/v1/products/{sku}/prices", Door.Api, ProductsRead),
        new("POST", "/api/v1/products/{sku}/prices", Door.Api, ProductsWrite),
        new("GET", "/api/v1/orders", Door.Api, CustomersRead),
        new("GET", "/api/v1/orders/{source}/{number}", Door.Api, CustomersRead),
        new("POST", "/api/v1/orders", Door.Api, OrdersWrite),
        new("POST", "/api/v1/returns", Door.Api, OrdersWrite),
        new("GET", "/api/v1/imports", Door.Api, ImportsRun),
        new("GET", "/api/v1/imports/{id:guid}", Door.Api, ImportsRun),
        new("POST", "/api/v1/imports", Door.Api, ImportsRun),
        new("GET", "/api/{documentName}/openapi.json", Public),
        new("GET", "/settings/quarantine", Staff, QuarantineWork),
        new("GET", "/settings/quarantine/event", Staff, QuarantineWork),
        new("POST", "/settings/quarantine/replay", Staff, QuarantineWork),
        new("POST", "/settings/quarantine/discard", Staff, QuarantineWork),
        new("GET", "/api/v1/quarantine", Door.Api, QuarantineWork),
        new("POST", "/api/v1/quarantine/replay", Door.Api, QuarantineWork),
        new("POST", "/api/v1/quarantine/discard", Door.Api, QuarantineWork),
        new("POST", "/v1/batch", Door.Api, EventsWrite),
        new("POST", "/v1/identify", Door.Api, EventsWrite),
        new("POST", "/v1/track", Door.Api, EventsWrite),
        new("POST", "/v1/page", Door.Api, EventsWrite),
        new("POST", "/v1/screen", Door.Api, EventsWrite),
        new("POST", "/v1/group", Door.Api, EventsWrite),
        new("POST", "/v1/alias", Door.Api, EventsWrite),
        new("GET", "/api/v1/customers", Door.Api, CustomersRead),
        new("POST", "/api/v1/customers", Door.Api, CustomersWrite),
        new("POST", "/api/v1/customers/search", Door.Api, CustomersRead),
        new("GET", "/api/v1/customers/{id:guid}", Door.Api, CustomersRead),
        new("PATCH", "/api/v1/customers/{id:guid}", Door.Api, CustomersWrite),
        new("GET", "/api/v1/customers/{id:guid}.vcf", Door.Api, CustomersRead),
        new("GET", "/api/v1/customers/{id:guid}/identities", Door.Api, CustomersRead),
        new("POST", "/api/v1/customers/{id:guid}/identities", Door.Api, CustomersWrite),
        new("DELETE", "/api/v1/customers/{id:guid}/identities/{identityId:guid}", Door.Api, CustomersWrite),
        new("GET", "/api/v1/customers/{id:guid}/facts", Door.Api, CustomersRead),
        new("POST", "/api/v1/customers/{id:guid}/facts", Door.Api, CustomersWrite),
        new("DELETE", "/api/v1/customers/{id:guid}/facts/{factId:guid}", Door.Api, CustomersWrite),
        new("GET", "/api/v1/customers/{id:guid}/touchpoints", Door.Api, CustomersRead),
        new("POST", "/api/v1/customers/{id:guid}/touchpoints", Door.Api, CustomersWrite),
        new("POST", "/api/v1/customers/{id:guid}/merge", Door.Api, CustomersMerge),
        new("POST", "/api/v1/merges/{mergeId:guid}/undo", Door.Api, CustomersMerge),
    ];
}

/// <param name="Right">Null = being signed in at the door is enough.</param>
internal sealed record AccessRow(string Method, string Route, Door Door, Right? Right = null);
