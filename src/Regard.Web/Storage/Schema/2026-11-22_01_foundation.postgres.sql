-- Regard's tables. Every table of a customer's facts begins its key with customer_id and carries origin_id: the profile a row was
-- recorded for when a merge has moved it since (null = it never moved), which is what makes a merge undoable.

-- ---------------------------------------------------------------- Customers
create table customer (
  customer_id uuid primary key,
  kind text not null,                       -- person | account
  name text not null,                       -- as shown in lists
  address_as text,                          -- how they like to be addressed, in their own words
  given_name text,
  family_name text,
  language text,                            -- BCP 47; null = not known
  time_zone text,                           -- IANA; null = not known: only hours that are civil in every plausible zone
  country text,                             -- ISO 3166-1 alpha-2; null = not known
  source text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null default 1,
  merged_into uuid,                         -- this profile lives on in another one
  erased_at timestamptz
);
create index customer_by_name on customer (name, customer_id);
create index customer_merged on customer (merged_into) where merged_into is not null;

create table customer_merge (
  customer_id uuid not null references customer (customer_id),   -- the profile that stays
  merge_id uuid not null,
  absorbed_id uuid not null,
  reason text not null,
  merged_at timestamptz not null,
  merged_by text not null,
  undone_at timestamptz,
  undone_by text,
  primary key (customer_id, merge_id)
);

create table account_member (
  customer_id uuid not null references customer (customer_id),   -- the account
  person_id uuid not null,
  role text not null,
  is_primary boolean not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  origin_id uuid,
  primary key (customer_id, person_id)
);
create index account_member_by_person on account_member (person_id);

create table identity (
  customer_id uuid not null references customer (customer_id),
  identity_id uuid not null,
  kind text not null,                       -- email | phone | card | external
  value text collate "C" not null,          -- normal form: lower case e-mail, E.164 phone, card as scanned, system:id
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  confirmed_at timestamptz,                 -- the customer proved that it is theirs
  undeliverable_since timestamptz,          -- a fact about the address, not a wish
  complained_at timestamptz,            -- a mail there was reported as unwanted: a machine's fact, not a wish
  text_failed_at timestamptz,               -- text messages do not arrive at the number, though calls may: a fact, not a wish
  origin_id uuid,
  primary key (customer_id, identity_id),
  unique (customer_id, kind, value)
);

create index identity_by_value on identity (value, customer_id);

create table postal_address (
  customer_id uuid not null references customer (customer_id),
  address_id uuid not null,
  recipient text,                           -- the name on the envelope; null = the customer's own
  street text not null,                     -- street and number, and what comes before it; lines apart by a line feed
  postal_code text,
  city text not null,
  region text,
  country text not null,                    -- ISO 3166-1 alpha-2
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  undeliverable_since timestamptz,          -- a letter came back from there: a fact, not a wish
  ended_at timestamptz,                     -- from then on it is not theirs any more; null = it is
  ended_by text,
  origin_id uuid,
  primary key (customer_id, address_id)
);

create table identity_lookup (
  value text collate "C" not null,
  kind text not null,
  customer_id uuid not null,
  primary key (value, kind)
);

create table erased_address (                -- who must not be known again by a file, and of whom nothing else is kept
  address_hash text primary key,            -- HMAC-SHA-256 of kind and value under the house's own key
  erased_at timestamptz not null
);

create table customer_fact (
  customer_id uuid not null references customer (customer_id),
  fact_id uuid not null,
  topic text not null,                      -- for example size, allergy, delivery, buying_criterion
  content text not null,
  basis text not null,                      -- told | observed | imported
  said_by text not null,
  said_at timestamptz not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  retracted_at timestamptz,
  retracted_by text,
  origin_id uuid,
  primary key (customer_id, fact_id)
);

create table customer_term (
  customer_id uuid not null references customer (customer_id),
  term text collate "C" not null,           -- folded word of the name, national phone digits, id elsewhere
  name_key text collate "C" not null,       -- all folded words, a space around each: a second word is looked for beside the first
  origin_id uuid,
  primary key (customer_id, term)
);
create index customer_term_by_term on customer_term (term, name_key, customer_id);

create table term_variant (
  variant text collate "C" not null,        -- the term itself, or with one letter left out
  term text collate "C" not null,
  primary key (variant, term)
);

-- ---------------------------------------------------------------- Timeline
create table touchpoint (
  customer_id uuid not null references customer (customer_id),
  touchpoint_id uuid not null,              -- UUIDv7 of the moment it happened
  at timestamptz not null,
  department text not null,                 -- sales | service | marketing | delivery | finance | web | store | other
  kind text not null,                       -- for example call, mail, visit, order, page, survey_answer
  channel text,
  direction text not null,                  -- in | out | none
  summary text not null,
  body jsonb,
  source text not null,
  source_id text not null,
  staff_id uuid,
  recorded_at timestamptz not null,
  origin_id uuid,
  primary key (customer_id, touchpoint_id),
  unique (customer_id, source, source_id)
);
create index touchpoint_calls on touchpoint (at) where kind = 'call' and direction = 'in';

create table timeline_rollup (
  customer_id uuid primary key references customer (customer_id),
  touchpoints bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null
);

-- ---------------------------------------------------------------- Orders
create table product (
  product_id uuid primary key,
  sku text not null unique,
  name text not null,
  category text,
  supplier text,                            -- who it is bought from
  size text,                                -- as the shop writes it: 500 g, XL, 42
  source text not null,
  replaced_by uuid,                         -- the product to buy in its place
  discontinued_on date,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null default 1
);

create table product_price (
  product_id uuid not null references product (product_id),
  currency text not null,
  valid_from timestamptz not null,
  price_minor bigint not null,
  source text not null,
  primary key (product_id, currency, valid_from)
);

create table sales_order (
  customer_id uuid not null references customer (customer_id),
  order_id uuid not null,
  at timestamptz not null,
  currency text not null,
  total_minor bigint not null,              -- what the lines add up to, without fees
  status text not null,                     -- placed | voided (wholly taken back within a day: a mistake, not a purchase)
  channel text,
  carrier text,                             -- who brought it; null = not known
  source text not null,
  source_id text not null,                  -- the order number in that source
  recorded_at timestamptz not null,
  origin_id uuid,
  primary key (customer_id, order_id),
  unique (customer_id, source, source_id)
);
create index sales_order_by_time on sales_order (at);

create table order_lookup (                  -- who a number belongs to, whichever customer
  number text collate "C" not null,
  source text not null,
  kind text not null,                       -- order | return
  customer_id uuid not null,
  order_id uuid not null,
  primary key (number, source, kind)
);

create table order_line (                    -- no foreign keys: see docs/decisions/0007-order-lines.md
  customer_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  product_id uuid not null,
  quantity bigint not null,
  amount_minor bigint not null,             -- of the whole line
  batch text,
  origin_id uuid,
  primary key (customer_id, order_id, line_no)
);

create table order_return (
  customer_id uuid not null references customer (customer_id),
  return_id uuid not null,
  at timestamptz not null,
  product_id uuid not null references product (product_id),
  quantity bigint not null,                 -- positive: pieces that came back
  amount_minor bigint not null,             -- positive: money given back
  currency text not null,
  reason text,
  order_id uuid,                            -- what was bought; null = bought before the records begin
  line_no integer,
  batch text,
  source text not null,
  source_id text not null,
  source_line integer not null,
  part integer not null,                    -- of a line that came from several orders: 0, 1, 2 …
  recorded_at timestamptz not null,
  origin_id uuid,
  primary key (customer_id, return_id),
  unique (customer_id, source, source_id, source_line, part)
);
create index order_return_by_order on order_return (customer_id, order_id);

create table order_fee (
  customer_id uuid not null references customer (customer_id),
  fee_id uuid not null,
  at timestamptz not null,
  kind text not null,                       -- postage | discount | manual | bank | commission | other
  amount_minor bigint not null,             -- negative: in the customer's favour
  currency text not null,
  description text not null,
  order_id uuid,
  source text not null,
  source_id text not null,                  -- order: or return: and its number
  source_line integer not null,
  recorded_at timestamptz not null,
  origin_id uuid,
  primary key (customer_id, fee_id),
  unique (customer_id, source, source_id, source_line)
);

create table unattributed_line (             -- sold or taken back, nobody knows to whom: counts for products, makes no profile; no foreign key, as order_line
  source_id text not null,
  source text not null,
  source_line integer not null,
  at timestamptz not null,
  product_id uuid not null,
  quantity bigint not null,                 -- negative: taken back
  amount_minor bigint not null,
  currency text not null,
  recorded_at timestamptz not null,
  primary key (source_id, source, source_line)
);
create index unattributed_line_by_time on unattributed_line (at);

create table sale_news (                     -- weeks of sale of which something was told since they were last counted in return_cell
  news_id uuid not null,
  week date not null,
  primary key (news_id, week)
);

create table order_rollup (
  customer_id uuid not null references customer (customer_id),
  currency text not null,
  orders bigint not null,                   -- placed, not voided
  spend_minor bigint not null,              -- of placed and voided orders alike; returns are beside it
  returns bigint not null,
  returned_minor bigint not null,
  fees_minor bigint not null,
  first_order_at timestamptz,
  last_order_at timestamptz,
  version bigint not null default 1,         -- rises whenever something of it was told
  primary key (customer_id, currency)
);

create table order_month (
  customer_id uuid not null references customer (customer_id),
  month integer not null,                   -- year * 100 + month, UTC
  currency text not null,
  orders bigint not null,
  spend_minor bigint not null,
  returned_minor bigint not null,
  primary key (customer_id, month, currency)
);

create table product_month (                 -- no foreign keys: it is made of lines and returns, in their transaction
  customer_id uuid not null,
  product_id uuid not null,
  month integer not null,
  currency text not null,
  orders bigint not null,                   -- order lines of this product in the month
  quantity bigint not null,
  spend_minor bigint not null,
  returned_quantity bigint not null,
  returned_minor bigint not null,
  primary key (customer_id, product_id, month, currency)
);
create index product_month_by_product on product_month (product_id, customer_id, month);

-- ---------------------------------------------------------------- Contact
create table preference_statement (
  customer_id uuid not null references customer (customer_id),
  statement_id uuid not null,
  said_at timestamptz not null,
  place text not null,                      -- call | voicemail | mail | portal | link | api | import | page | store
  words text,                               -- as the customer said it
  basis text not null,                      -- asked | volunteered | inferred | imported
  wish jsonb not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  source text not null,
  source_id text not null,
  wording text,                             -- the version of the text that a consent agreed to
  origin_id uuid,
  primary key (customer_id, statement_id),
  unique (customer_id, source, source_id)
);

create table contact_state (                 -- the row that a claim reads for share and an opt-out writes
  customer_id uuid primary key references customer (customer_id),
  version bigint not null,
  wishes jsonb not null,                    -- computed from the statements in the same transaction
  updated_at timestamptz not null
);

create table contact_decision (              -- the ledger: every attempt, permitted or not
  customer_id uuid not null references customer (customer_id),
  decision_id uuid not null,
  chain_id uuid not null,                   -- the profile whose chain this entry belongs to
  seq bigint not null,
  decided_at timestamptz not null,
  stage text not null,                      -- request | claim | hand_off
  purpose text not null,
  verdict text not null,                    -- permitted | deferred | refused
  channel text,
  not_before timestamptz,
  request jsonb not null,
  reasons jsonb not null,
  state_version bigint not null,
  policy_version text not null,
  previous_hash text not null,
  hash text not null,
  words_key text,                           -- the hash covers the customer's own words by seals under this key; null = they were erased
  origin_id uuid,
  primary key (customer_id, decision_id),
  unique (customer_id, chain_id, seq)
);

create table outbox (
  customer_id uuid not null,
  outbox_id uuid not null,
  decision_id uuid not null,
  step text not null,                       -- one contact per (step, customer)
  state text not null,                      -- queued | in_flight | printed (a letter in a batch) | sent | failed | cancelled | expired | ambiguous
  purpose text not null,
  channel text not null,
  address text not null,
  not_before timestamptz not null,
  latest_useful timestamptz not null,
  subject text not null,
  content text not null,
  secret text,                              -- what stands in the content's {secret}; null once it is handed over or of no use
  wording text,                             -- the template with its language and version; null = written freely
  about text not null,                      -- what it is about: change:…, order:…, case:…
  message_id text not null,
  attempts integer not null default 0,
  claimed_by text,
  claimed_until timestamptz,
  reserved_at timestamptz,                  -- counts towards the caps from this moment
  near_days integer,                        -- with it so many contacts came together that a limit over so many days may be reached; null = none
  address_key text,                         -- where that is counted as well, in address_contact
  finished_at timestamptz,
  explanation text,
  provider_ref text,                        -- the provider's own id of a text or call
  delivery text,                            -- what the provider has said last: accepted | sent | not_delivered | delivered
  read_at timestamptz,                      -- of a message in the portal: when the customer first opened it
  created_at timestamptz not null,
  origin_id uuid,
  primary key (customer_id, outbox_id),
  unique (customer_id, step),
  foreign key (customer_id, decision_id) references contact_decision (customer_id, decision_id)
);
create index outbox_due on outbox (state, not_before);
create index outbox_by_id on outbox (outbox_id);
create index outbox_near_limit on outbox (state, reserved_at) where near_days is not null;
create index outbox_secret on outbox (latest_useful) where secret is not null;

create table audience_class (                -- customers who are alike to the gate: the same wishes, place, language and kinds of address
  class_key uuid primary key,             -- hash of all of these: what a class is never changes
  wishes_key text collate "C" not null,
  time_zone text,
  country text,
  language text not null,
  email text not null,                      -- none | broken | works | objected
  phone text not null,
  text text not null,                       -- of the numbers: whether text messages arrive at one
  postal text not null
);

create table audience_wishes (               -- wishes that many have, without who said them
  wishes_key text collate "C" primary key,            -- hash of them
  wishes jsonb not null
);

create table audience_member (               -- which class a living customer is in; follows from their wishes, profile and identities
  customer_id uuid primary key references customer (customer_id),
  class_key uuid not null
);
create index audience_member_by_class on audience_member (class_key, customer_id);

create table audience_count (                -- how many customers each class had when its moves were last folded in
  class_key uuid primary key,
  customers bigint not null,
  fold bigint not null                           -- the fold that changed it last
);
create index audience_count_by_fold on audience_count (fold);

create table audience_move (                 -- customers who came into a class or left it since: only ever added, so that nobody waits for anybody
  class_key uuid not null,
  part_id uuid not null,
  customers bigint not null,                   -- negative: they left it
  primary key (class_key, part_id)
);

create table audience_fold (                 -- each time at which moves were folded in, the last thousand
  fold bigint primary key,
  token uuid not null                        -- that no other fold of this number has, in no other database
);

create table delivery_report (               -- what a provider said of a text or call: facts, however often and in whichever order told
  customer_id uuid not null references customer (customer_id),
  report_id uuid not null,
  outbox_id uuid not null,
  at timestamptz not null,
  status text not null,                     -- the provider's own word
  code text,                                -- the provider's number for what went wrong
  source text not null,
  source_id text not null,                  -- the provider's id of the message, and the word
  origin_id uuid,
  primary key (customer_id, report_id),
  unique (customer_id, source, source_id)
);

create table letter_batch (                  -- letters that are printed together
  batch_id uuid primary key,
  made_at timestamptz not null,
  made_by text not null,
  sealed_at timestamptz                     -- from then on no letter joins it; null = it is being made
);

create table letter (                        -- a letter as it is printed; its decision stands with the outbox row
  customer_id uuid not null references customer (customer_id),
  letter_id uuid not null,
  batch_id uuid not null references letter_batch (batch_id),
  outbox_id uuid not null,
  position bigint not null,
  recipient text not null,
  street text not null,
  postal_code text,
  city text not null,
  region text,
  country text not null,
  salutation text not null,
  subject text not null,
  content text not null,
  language text not null,
  state text not null,                      -- printed | posted | given_back | withdrawn (the customer's wish came before the post)
  finished_at timestamptz,
  finished_by text,
  created_at timestamptz not null,
  origin_id uuid,
  primary key (customer_id, letter_id)
);
create index letter_by_batch on letter (batch_id, position);

create table asking (                        -- who was asked how they want to be treated
  customer_id uuid not null references customer (customer_id),
  asking_id uuid not null,
  asked_at timestamptz not null,
  occasion text not null,                   -- after_order | after_case | after_calls
  channel text,                             -- null = no way was certainly allowed
  decision_id uuid,
  answered_at timestamptz,
  origin_id uuid,
  primary key (customer_id, asking_id)
);

create table address_contact (               -- what reached an address, whichever profile it was for: limits count it too
  address_key text collate "C" not null,          -- a keyed hash: the address itself cannot be read from it
  contact_id uuid not null,                  -- the message or task
  customer_id uuid not null,
  purpose text not null,
  at timestamptz not null,
  is_shared boolean not null default false, -- as on its address's turn
  primary key (address_key, contact_id)
);
create index address_contact_shared on address_contact (at) where is_shared;

create table address_turn (                  -- whoever reserves a contact at an address locks its row first, after the customer's
  address_key text collate "C" primary key,
  is_shared boolean not null default false -- it was an address of several profiles: what is counted at it counts for the others too
);

-- ---------------------------------------------------------------- Outreach
create table care_task (
  customer_id uuid not null references customer (customer_id),
  task_id uuid not null,
  decision_id uuid,                         -- the permission of a task that reaches the customer; null = internal work
  step text not null,
  kind text not null,                       -- call | follow_up | internal
  purpose text not null,
  title text not null,
  subject text,                             -- the message that takes its place when it may not be made any more; null = there is none
  content text,
  about text not null,
  address_key text,                         -- of a call: where it is counted as well, in address_contact
  near_days integer,                        -- with it so many contacts came together that a limit over so many days may be reached; null = none
  assigned_to uuid,
  due_at timestamptz not null,
  latest_useful timestamptz not null,
  minutes integer not null,
  state text not null,                      -- open | done | cancelled | expired
  outcome text,                             -- reached | not_reached | call_back | declined | wish_recorded | no_longer_needed
  outcome_note text,
  attempts integer not null default 0,      -- how often the customer was not reached
  finished_at timestamptz,
  finished_by text,
  created_at timestamptz not null,
  origin_id uuid,
  primary key (customer_id, task_id),
  unique (customer_id, step),
  foreign key (customer_id, decision_id) references contact_decision (customer_id, decision_id)
);
create index care_task_due on care_task (state, assigned_to, due_at);
create index care_task_by_id on care_task (task_id);
create index care_task_near_limit on care_task (state, finished_at) where near_days is not null;

create table house_task (                    -- work for a member of staff that is about no customer
  task_id uuid primary key,
  step text not null unique,                -- what gave it: one open task for it, however often it is told
  title text not null,
  href text not null,                       -- the page on which it is done
  assigned_to uuid,                        -- null = whoever comes first
  due_at timestamptz not null,
  state text not null,                      -- open | done
  created_at timestamptz not null,
  finished_at timestamptz
);
create index house_task_due on house_task (state, assigned_to, due_at);

-- ---------------------------------------------------------------- Cases
create table service_case (
  customer_id uuid not null references customer (customer_id),
  case_id uuid not null,
  subject text not null,
  description text not null,
  channel text not null,
  product_id uuid,
  order_id uuid,
  owner_id uuid not null,                   -- exactly one, at every moment
  promised_at timestamptz not null,
  opened_at timestamptz not null,
  opened_by text not null,
  first_answered_at timestamptz,
  resolved_at timestamptz,
  resolution text,
  source text not null,
  source_id text not null,
  origin_id uuid,
  primary key (customer_id, case_id),
  unique (customer_id, source, source_id)
);
create index service_case_by_opening on service_case (opened_at);
create index service_case_open on service_case (owner_id, promised_at) where resolved_at is null;

-- ---------------------------------------------------------------- Mail
create table received_mail (                 -- as it came, so that it can be read anew; erased with the customer
  customer_id uuid not null references customer (customer_id),
  mail_id uuid not null,
  at timestamptz not null,
  kind text not null,                       -- person | bounce | complaint | auto_reply | unsubscribe | receipt | challenge | machine
  sign text not null,                       -- by what it was recognised
  address text,                             -- the customer's address that it is about or came from
  failure text,                             -- of a bounce: dead | failed | delayed
  reason text,                              -- of a bounce, a word; of a complaint, its type
  outbox_id uuid,                          -- the message that it is about
  case_id uuid,                            -- the case that it belongs to
  subject text not null,
  words text,                               -- what a person wrote anew
  raw text not null,                        -- gzip, base64
  source text not null,
  source_id text not null,                  -- hash of the mail and its Message-ID
  origin_id uuid,
  primary key (customer_id, mail_id),
  unique (customer_id, source, source_id)
);

create table stray_mail (                    -- came in, and nobody knows from whom
  source_id text primary key,
  at timestamptz not null,
  kind text not null,
  sign text not null,
  sender text,
  recipient text not null,
  subject text not null,
  raw text not null,
  state text not null,                      -- waiting | assigned | discarded
  finished_at timestamptz,
  finished_by text
);
create index stray_mail_waiting on stray_mail (at) where state = 'waiting';

-- ---------------------------------------------------------------- Texts
create table received_text (                 -- text messages from customers, as they came; erased with the customer
  customer_id uuid not null references customer (customer_id),
  text_id uuid not null,
  at timestamptz not null,
  act text not null,                        -- stop | start | help | words
  number text not null,                     -- from which it came, E.164
  words text not null,
  case_id uuid,                             -- the case that it belongs to
  source text not null,
  source_id text not null,                  -- the provider's own id of it
  origin_id uuid,
  primary key (customer_id, text_id),
  unique (customer_id, source, source_id)
);

create table stray_text (                    -- came in, and nobody knows from whom
  source_id text primary key,
  at timestamptz not null,
  act text not null,
  number text not null,
  words text not null,
  state text not null,                      -- waiting | assigned | discarded
  finished_at timestamptz,
  finished_by text
);
create index stray_text_waiting on stray_text (at) where state = 'waiting';

-- ---------------------------------------------------------------- Changes
create table change (
  change_id uuid primary key,
  kind text not null,                       -- price | discontinued
  title text not null,
  reason text not null,                     -- in plain words, as customers will read it
  effective_on date not null,
  state text not null,                      -- registered | planned | withdrawn
  source text not null,
  source_id text not null,
  created_at timestamptz not null,
  created_by text not null,
  version bigint not null default 1,
  unique (source, source_id)
);

create table change_product (
  change_id uuid not null references change (change_id),
  product_id uuid not null references product (product_id),
  currency text not null,
  old_price_minor bigint,
  new_price_minor bigint,
  replacement_id uuid,
  primary key (change_id, product_id)
);

create table care_plan (
  plan_id uuid primary key,
  change_id uuid not null references change (change_id),
  staff_minutes integer not null,
  currency text not null,                   -- of every amount in the summary; losses in other currencies are not compared
  as_of date not null,                      -- the day from which the last twelve months are counted back
  made_at timestamptz not null,
  made_by text not null,
  state text not null,                      -- making | draft | starting | started | withdrawing | withdrawn
  making_until timestamptz,                 -- until when whoever makes it has it; then it is made by somebody else
  started_at timestamptz,
  rule_version text not null,
  summary jsonb not null
);

create table change_impact (
  customer_id uuid not null references customer (customer_id),
  plan_id uuid not null,
  currency text not null,
  spend_minor bigint not null,              -- the customer's whole spend in the year looked at
  affected_spend_minor bigint not null,
  extra_cost_minor bigint not null,         -- a year, at their usual volume
  chance_of_leaving double precision not null,
  expected_loss_minor bigint not null,
  components jsonb not null,
  origin_id uuid,
  primary key (customer_id, plan_id)
);
create index change_impact_by_plan on change_impact (plan_id, expected_loss_minor desc, customer_id);

create table plan_step (
  customer_id uuid not null,
  plan_id uuid not null,
  step text not null,                       -- advance_contact | notice
  wanted_channel text not null,
  channel text,                             -- null = nothing may be sent
  verdict text not null,                    -- planned | permitted | deferred | refused | merged (another step says it, or that of the profile it joined)
  reason text not null,
  minutes integer not null,
  assigned_to uuid,                        -- who makes the personal contact; null = anybody
  not_before timestamptz,
  decision_id uuid,
  task_id uuid,
  outbox_id uuid,
  origin_id uuid,
  primary key (customer_id, plan_id, step),
  foreign key (customer_id, plan_id) references change_impact (customer_id, plan_id)
);
create index plan_step_by_plan on plan_step (plan_id, customer_id);

-- ---------------------------------------------------------------- Campaigns
create table campaign (
  campaign_id uuid primary key,
  title text not null,
  purpose text not null,
  legal_ground text,                        -- of a legal notice
  channels text not null,                   -- words separated by a space, the best first; empty = the best way for each
  earliest timestamptz,
  latest_useful timestamptz not null,
  segment jsonb not null,                     -- whom, from what the house knows
  messages jsonb not null,                    -- by language
  state text not null,                      -- draft | starting | started | stopping | stopped
  cursor_id uuid,                            -- the last customer that was handed to a worker; null = none yet
  is_handed_out boolean not null default false,  -- every customer was
  customers bigint,                            -- how many there were when it was started
  created_at timestamptz not null,
  created_by text not null,
  started_at timestamptz,
  started_by text,
  ended_at timestamptz,
  version bigint not null default 1
);

create table campaign_part (                 -- a stretch of customers that one worker asks for
  campaign_id uuid not null references campaign (campaign_id),
  part_no integer not null,
  first_id uuid not null,
  last_id uuid not null,
  worker text not null,
  until timestamptz not null,                       -- then somebody else may go on with it
  finished_at timestamptz,
  primary key (campaign_id, part_no)
);

create table campaign_contact (              -- what became of a campaign's request for one customer
  customer_id uuid not null references customer (customer_id),
  campaign_id uuid not null,
  step text not null,                       -- of the message or task that came of it
  verdict text not null,                    -- permitted | deferred | refused | left_out (nothing of theirs to rest it on)
  channel text,
  reason_code text not null,
  reason text not null,
  not_before timestamptz,
  decision_id uuid,
  asked_at timestamptz not null,
  origin_id uuid,
  primary key (customer_id, campaign_id)
);
create index campaign_contact_by_campaign on campaign_contact (campaign_id, customer_id);

-- ---------------------------------------------------------------- Insight
create table insight_run (                   -- one computing of something about all customers, past or under way
  run_id uuid primary key,
  kind text not null,                       -- loyalty | …
  state text not null,                      -- asked | preparing | sharing | finished | failed | cancelled
  asked_at timestamptz not null,
  asked_by text not null,
  started_at timestamptz,
  finished_at timestamptz,
  stage text not null,                      -- what is being done, for people
  done bigint not null,
  total bigint not null,
  holder text,                              -- who prepares it, until when; then somebody else may
  held_until timestamptz,
  explanation text,                         -- what came of it, or why it failed
  summary jsonb not null
);
create unique index insight_run_one on insight_run (kind) where finished_at is null;

create table insight_part (                  -- a run's customers by ranges of their ids, shared between the nodes
  run_id uuid not null references insight_run (run_id),
  part integer not null,
  after_id uuid not null,
  until_id uuid not null,
  state text not null,                      -- waiting | done
  holder text,
  held_until timestamptz,
  done bigint not null,
  primary key (run_id, part)
);

create table loyalty_model (                 -- every fit that was ever used: what it says and why it was chosen
  model_id uuid primary key,
  run_id uuid not null,
  fitted_at timestamptz not null,
  window_from date not null,
  window_until date not null,               -- the day up to which purchases were looked at, itself not included
  customers bigint not null,
  chosen text not null,                     -- who foretells purchases, for people
  judge text not null,                      -- who judges silence, for people
  report jsonb not null
);

create table loyalty_score (                 -- follows from a customer's orders and a model; forgotten when they change hands, and computed again
  customer_id uuid primary key references customer (customer_id),
  model_id uuid not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  purchases integer not null,               -- days with a purchase
  currency text not null,
  spend_minor bigint not null,              -- kept, in that currency
  usual_gap double precision,                           -- days between purchases; null = bought once
  chance_alive double precision not null,
  chance_of_silence double precision not null,
  expected double precision not null,                   -- purchases of the coming year
  value_minor bigint not null,              -- what they will spend in it
  year_minor bigint not null,               -- what a year of theirs is worth while they buy as they did
  unusual_at timestamptz,                       -- from when on their silence is unusual for them; null = bought once
  seen_orders bigint not null,             -- the sums it was computed from: other sums are news
  seen_version bigint not null,
  computed_at timestamptz not null
);
create index loyalty_score_silent on loyalty_score (year_minor desc, customer_id) where unusual_at is not null;
create index loyalty_score_unusual on loyalty_score (unusual_at) where unusual_at is not null;

create table leaving_care (                  -- a contact that was planned because somebody fell silent
  customer_id uuid not null references customer (customer_id),
  care_id uuid not null,
  last_at timestamptz not null,                 -- the silence: since this purchase
  year_minor bigint not null,
  currency text not null,
  verdict text not null,                    -- permitted | deferred | refused
  channel text,
  reason text not null,
  decision_id uuid,
  task_id uuid,
  outbox_id uuid,
  planned_at timestamptz not null,
  planned_by text not null,
  origin_id uuid,
  primary key (customer_id, care_id)
);
create index leaving_care_by_time on leaving_care (planned_at);

-- ---------------------------------------------------------------- Insight: what comes back, and whether all are served alike
create table return_cell (                   -- what was sold in a week and how much of it came back, whenever; counted anew where there is news
  week date not null,                       -- the Monday of the week of sale, UTC
  product_id uuid not null,
  batch text not null,                      -- '' = not known, as with the next two
  carrier text not null,
  country text not null,
  currency text not null,
  sold bigint not null,                     -- order lines; orders that were mistakes (voided) are left out
  returned bigint not null,                 -- of these lines
  returned_minor bigint not null,
  primary key (week, product_id, batch, carrier, country, currency)
);

create table return_reason (                 -- why lines sold in a week came back, and after how long
  week date not null,
  product_id uuid not null,
  batch text not null,
  reason text not null,                     -- '' = not told
  weeks_after integer not null,              -- from the sale to the return; 13 = 13 or more
  returned bigint not null,                 -- lines
  primary key (week, product_id, batch, reason, weeks_after)
);

create table return_rate (                   -- what the last look at returns said of each thing
  dimension text not null,                  -- product | batch | supplier | carrier | size | region
  thing text not null,                      -- by what it is known again
  name text not null,                       -- as people call it
  sold bigint not null,
  returned bigint not null,
  expected double precision not null,                  -- returns, were it like the others
  rate double precision not null,                      -- shrunken
  low double precision not null,
  high double precision not null,
  adjusted double precision not null,                  -- the chance of it by luck, for all that were looked at
  currency text not null,
  cost_minor bigint not null,               -- given back, with handling
  excess_minor bigint not null,             -- of that, beyond the usual
  stands_out boolean not null,
  because text,                             -- the finding that explains what is unusual about it, for people
  primary key (dimension, thing)
);

create table parity_result (                 -- what the last comparison said of each group
  measure text not null,                    -- first_answer | resolution | promise | wait | abandoned
  grouping_by text not null,                -- level | newness | language | channel | wish
  group_key text not null,
  cases bigint not null,
  others bigint not null,
  typical double precision not null,                   -- hours, minutes or a share, of the group
  typical_others double precision not null,
  difference double precision not null,                -- a factor of a time, points of a share
  low double precision not null,
  high double precision not null,
  margin double precision not null,
  same_p double precision not null,
  different_p double precision not null,
  verdict text not null,                    -- same | different | cannot_tell_yet
  is_apart boolean not null,               -- found to be served differently, and so left out when the others were compared
  primary key (measure, grouping_by, group_key)
);

create table finding (                       -- something that stood out, followed by its owner until it is gone
  finding_id uuid primary key,
  kind text not null,                       -- returns | parity
  subject text not null,                    -- what it is about: batch:…, language:es
  state text not null,                      -- open | assigned | cause_fixed | watched | gone | recurred | set_aside
  owner_id uuid,
  title text not null,
  report jsonb not null,                    -- the sentence, its numbers and the weeks behind them, of the last look
  cost_minor bigint,
  currency text,
  found_at timestamptz not null,
  seen_at timestamptz not null,                   -- the last look that found it
  fixed_on date,                            -- from when on it is watched
  state_at timestamptz not null,
  version bigint not null default 1,
  unique (kind, subject)
);
create index finding_by_state on finding (state, found_at);

create table finding_event (                 -- a finding's history
  finding_id uuid not null references finding (finding_id),
  event_id uuid not null,
  at timestamptz not null,
  by_whom text not null,
  what text not null,                       -- the state it came to, or note
  words text,
  primary key (finding_id, event_id)
);

-- ---------------------------------------------------------------- Access
create table staff (
  staff_id uuid primary key,
  email text not null unique,
  name text not null,
  role text not null,                       -- agent | lead | manager | administrator | auditor
  time_zone text not null,
  password_hash text,
  totp_secret text,                         -- protected; null = not set up yet
  totp_last_step bigint,                    -- a code is used once
  created_at timestamptz not null,
  disabled_at timestamptz,
  version bigint not null default 1
);

create table staff_session (
  session_hash text primary key,
  staff_id uuid not null references staff (staff_id),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz
);

create table staff_invitation (
  token_hash text primary key,
  email text,
  role text not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table portal_link (
  token_hash text primary key,
  customer_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table portal_session (
  session_hash text primary key,
  customer_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz
);

create table api_key (
  key_id uuid primary key,
  name text not null,
  secret_hash text not null unique,
  scopes text not null,                     -- words separated by a space
  created_at timestamptz not null,
  created_by text not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table sign_in_throttle (
  subject text primary key,                 -- hash of an account, an address, or both: no name in clear
  attempts integer not null,                 -- since the last success; a day of rest forgets them
  last_at timestamptz not null
);

create table audit_entry (
  seq bigint primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null,                     -- JSON as it was hashed, without personal data
  previous_hash text not null,
  hash text not null
);

create table audit_head (                    -- the end of the chain: its row lock lets one node append at a time
  name text primary key,
  seq bigint not null,
  hash text not null
);

create table idempotency_key (
  key text not null,
  caller text not null,
  request_hash text not null,
  status integer not null,
  response text not null,
  created_at timestamptz not null,
  primary key (key, caller)
);
create index idempotency_key_by_age on idempotency_key (created_at);

create table data_protection_key (
  name text primary key,
  xml text not null
);

-- ---------------------------------------------------------------- Webhooks
create table webhook_endpoint (              -- addresses of other systems that are told what happened
  endpoint_id uuid primary key,
  url text not null,
  description text not null,
  event_types text not null,                -- words with a space before and after each, or * for all
  state text not null,                      -- active | paused (events wait) | disabled (nothing is kept for it)
  secret text not null,                     -- encrypted with the keys of data protection: signing needs it in clear
  old_secret text,                          -- signs along until old_secret_until
  old_secret_until timestamptz,
  failing_since timestamptz,                -- no delivery came through since; null = the last one did
  disabled_because text,
  created_at timestamptz not null,
  created_by text not null,
  version bigint not null default 1
);

create table webhook_delivery (              -- what one endpoint is told; no row where nobody listens
  customer_id uuid not null,                 -- the nil id for what concerns nobody alone, such as a change
  event_id uuid not null,                    -- the webhook-id: the same for every endpoint and every attempt
  endpoint_id uuid not null,
  type text not null,
  body text not null,                       -- the JSON as it is signed and sent; ids and words of ours only
  state text not null,                      -- waiting | delivered | failed
  attempts integer not null default 0,
  created_at timestamptz not null,
  due_at timestamptz not null,                   -- the next attempt; while one is under way, when another node may make it
  give_up_at timestamptz not null,
  worker text,                              -- who makes the attempt that is under way
  last_at timestamptz,                          -- of the last attempt
  status integer,                           -- what the last attempt was answered; null = nothing
  explanation text,
  primary key (customer_id, event_id, endpoint_id)
);
create index webhook_delivery_due on webhook_delivery (endpoint_id, due_at) where state = 'waiting';
create index webhook_delivery_list on webhook_delivery (endpoint_id, event_id);

-- ---------------------------------------------------------------- Ingestion, import, running
create table ingest_event (
  message_id text not null,
  source text not null,                     -- the API key that sent it
  received_at timestamptz not null,
  due_at timestamptz not null,              -- when it is looked at: at once, later after a failure
  ordinal integer not null,                 -- order of arrival within one request
  part integer not null,                    -- all events of one person are in one part, on which one worker at a time works
  person text,                              -- user:… or anonymous:…; null = the event names nobody
  type text not null,
  sent_at timestamptz,                      -- by the sender's clock
  body text,                                -- null once it has become facts
  state text not null,                      -- received | held (until we know who it is) | done | quarantined | discarded
  reason text,
  attempts integer not null default 0,
  processed_at timestamptz,
  primary key (message_id, source)
);
create index ingest_event_waiting on ingest_event (part, due_at, ordinal) where state = 'received';
create index ingest_event_held on ingest_event (person, received_at) where state = 'held';
create index ingest_event_quarantined on ingest_event (received_at, message_id) where state = 'quarantined';
create index ingest_event_over on ingest_event (received_at) where state in ('done', 'discarded');

create table import_run (
  run_id uuid primary key,
  kind text not null,
  format text not null,
  file_name text not null,
  state text not null,                      -- running | finished | failed | interrupted
  counts jsonb not null,
  rejects_file text,
  explanation text,
  started_at timestamptz not null,
  started_by text not null,
  finished_at timestamptz
);

create table journal_mark (                  -- up to where the journal outside the database is in it
  file text collate "C" primary key,
  position bigint not null,
  hash text not null,
  marked_at timestamptz not null
);

create table lease (
  name text primary key,
  holder text not null,
  until timestamptz not null
);

create table setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null
);
