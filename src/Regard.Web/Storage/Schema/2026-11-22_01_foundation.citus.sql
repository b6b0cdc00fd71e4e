-- Citus: runs after the PostgreSQL file of the same name. A customer's rows live on one shard; small shared tables are copied to every node;
-- what is looked up by another key is distributed by that key.

select create_reference_table('product');
select create_reference_table('product_price');
select create_reference_table('finding');
select create_reference_table('finding_event');
select create_reference_table('return_rate');
select create_reference_table('parity_result');
select create_reference_table('house_task');
select create_reference_table('change');
select create_reference_table('change_product');
select create_reference_table('care_plan');
select create_reference_table('campaign');
select create_reference_table('campaign_part');
select create_reference_table('letter_batch');
select create_reference_table('staff');
select create_reference_table('api_key');
select create_reference_table('webhook_endpoint');
select create_reference_table('setting');

select create_distributed_table('customer', 'customer_id');
select create_distributed_table('customer_merge', 'customer_id', colocate_with => 'customer');
select create_distributed_table('account_member', 'customer_id', colocate_with => 'customer');
select create_distributed_table('identity', 'customer_id', colocate_with => 'customer');
select create_distributed_table('postal_address', 'customer_id', colocate_with => 'customer');
select create_distributed_table('customer_fact', 'customer_id', colocate_with => 'customer');
select create_distributed_table('customer_term', 'customer_id', colocate_with => 'customer');
select create_distributed_table('touchpoint', 'customer_id', colocate_with => 'customer');
select create_distributed_table('webhook_delivery', 'customer_id', colocate_with => 'customer');
select create_distributed_table('timeline_rollup', 'customer_id', colocate_with => 'customer');
select create_distributed_table('sales_order', 'customer_id', colocate_with => 'customer');
select create_distributed_table('order_line', 'customer_id', colocate_with => 'customer');
select create_distributed_table('order_return', 'customer_id', colocate_with => 'customer');
select create_distributed_table('order_fee', 'customer_id', colocate_with => 'customer');
select create_distributed_table('order_rollup', 'customer_id', colocate_with => 'customer');
select create_distributed_table('order_month', 'customer_id', colocate_with => 'customer');
select create_distributed_table('product_month', 'customer_id', colocate_with => 'customer');
select create_distributed_table('preference_statement', 'customer_id', colocate_with => 'customer');
select create_distributed_table('contact_state', 'customer_id', colocate_with => 'customer');
select create_distributed_table('contact_decision', 'customer_id', colocate_with => 'customer');
select create_distributed_table('asking', 'customer_id', colocate_with => 'customer');
select create_distributed_table('outbox', 'customer_id', colocate_with => 'customer');
select create_distributed_table('delivery_report', 'customer_id', colocate_with => 'customer');
select create_distributed_table('letter', 'customer_id', colocate_with => 'customer');
select create_distributed_table('care_task', 'customer_id', colocate_with => 'customer');
select create_distributed_table('service_case', 'customer_id', colocate_with => 'customer');
select create_distributed_table('received_mail', 'customer_id', colocate_with => 'customer');
select create_distributed_table('received_text', 'customer_id', colocate_with => 'customer');
select create_distributed_table('change_impact', 'customer_id', colocate_with => 'customer');
select create_distributed_table('plan_step', 'customer_id', colocate_with => 'customer');
select create_distributed_table('campaign_contact', 'customer_id', colocate_with => 'customer');
select create_distributed_table('audience_member', 'customer_id', colocate_with => 'customer');
select create_distributed_table('loyalty_score', 'customer_id', colocate_with => 'customer');
select create_distributed_table('leaving_care', 'customer_id', colocate_with => 'customer');

select create_distributed_table('identity_lookup', 'value', colocate_with => 'none');
select create_distributed_table('address_contact', 'address_key', colocate_with => 'none');
select create_distributed_table('address_turn', 'address_key', colocate_with => 'address_contact');
select create_distributed_table('audience_class', 'class_key', colocate_with => 'none');
select create_distributed_table('audience_wishes', 'wishes_key', colocate_with => 'none');
select create_distributed_table('audience_count', 'class_key', colocate_with => 'audience_class');
select create_distributed_table('audience_move', 'class_key', colocate_with => 'audience_class');
select create_distributed_table('term_variant', 'variant', colocate_with => 'none');
select create_distributed_table('order_lookup', 'number', colocate_with => 'none');
select create_distributed_table('unattributed_line', 'source_id', colocate_with => 'none');
select create_distributed_table('sale_news', 'news_id', colocate_with => 'none');
select create_distributed_table('return_cell', 'product_id', colocate_with => 'none');
select create_distributed_table('return_reason', 'product_id', colocate_with => 'return_cell');
select create_distributed_table('stray_mail', 'source_id', colocate_with => 'none');
select create_distributed_table('stray_text', 'source_id', colocate_with => 'none');
select create_distributed_table('portal_link', 'token_hash', colocate_with => 'none');
select create_distributed_table('portal_session', 'session_hash', colocate_with => 'none');
select create_distributed_table('idempotency_key', 'key', colocate_with => 'none');
select create_distributed_table('ingest_event', 'message_id', colocate_with => 'none');

-- local: erased_address
-- local: audience_fold
-- local: staff_session
-- local: staff_invitation
-- local: sign_in_throttle
-- local: audit_entry
-- local: audit_head
-- local: data_protection_key
-- local: import_run
-- local: insight_run
-- local: insight_part
-- local: loyalty_model
-- local: journal_mark
-- local: lease
