using Regard.Storage;

namespace Regard.Outreach;

/// <summary>What a campaign may ask for of the catalogue.</summary>
internal sealed class CampaignCatalogueStore(UnitOfWork work)
{
    public async Task<bool> HasProductAsync(string sku) => await work.ScalarAsync<long>("select count(*) from product where sku = @sku", new { sku }) > 0;

    public async Task<bool> HasCategoryAsync(string category) => await work.ScalarAsync<long>("select count(*) from product where category = @category", new { category }) > 0;

    /// <summary>All categories, by name.</summary>
    public Task<List<string>> CategoriesAsync() => work.ListAsync<string>("select distinct category from product where category is not null order by category limit 500");
}
