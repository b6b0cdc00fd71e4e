-- Regard's tables. Every table of a customer's facts begins its key with customer_id and carries origin_id: the profile a row was
-- recorded for when a merge has moved it since (null = it never moved), which is what makes a merge undoable.

-- ---------------------------------------------------------------- Customers
create table customer (
  customer_id blob primary key,
  kind text not null,                       -- person | account
  name text not null,                       -- as shown in lists
  address_as text,                          -- how they like to be addressed, in their own words
  given_name text,
  family_name text,
  language text,                            -- BCP 47; null = not known
  time_zone text,                           -- IANA; null = not known: only hours that are civil in every plausible zone
  country text,                             -- ISO 3166-1 alpha-2; null = not known
  source text not null,
  created_at integer not null,
  updated_at integer not null,
  version integer not null default 1,
  merged_into blob,                         -- this profile lives on in another one
  erased_at integer
);
create index customer_by_name on customer (name, customer_id);
create index customer_merged on customer (merged_into) where merged_into is not null;

create table customer_merge (
  customer_id blob not null references customer (customer_id),   -- the profile that stays
  merge_id blob not null,
  absorbed_id blob not null,
  reason text not null,
  merged_at integer not null,
  merged_by text not null,
  undone_at integer,
  undone_by text,
  primary key (customer_id, merge_id)
);

create table account_member (
  customer_id blob not null references customer (customer_id),   -- the account
  person_id blob not null,
  role text not null,
  is_primary integer not null,
  recorded_at integer not null,
  recorded_by text not null,
  origin_id blob,
  primary key (customer_id, person_id)
);
create index account_member_by_person on account_member (person_id);

create table identity (
  customer_id blob not null references customer (customer_id),
  identity_id blob not null,
  kind text not null,                       -- email | phone | card | external
  value text not null,                      -- normal form: lower case e-mail, E.164 phone, card as scanned, system:id
  source text not null,
  recorded_at integer not null,
  recorded_by text not null,
  confirmed_at integer,                 -- the customer proved that it is theirs
  undeliverable_since integer,          -- a fact about the address, not a wish
  complained_at integer,                -- a mail there was reported as unwanted: a machine's fact, not a wish
  text_failed_at integer,               -- text messages do not arrive at the number, though calls may: a fact, not a wish
  origin_id blob,
  primary key (customer_id, identity_id),
  unique (customer_id, kind, value)
);
create index identity_by_value on identity (value, customer_id);

create table postal_address (
  customer_id blob not null references customer (customer_id),
  address_id blob not null,
  recipient text,                           -- the name on the envelope; null = the customer's own
  street text not null,                     -- street and number, and what comes before it; lines apart by a line feed
  postal_code text,
  city text not null,
  region text,
  country text not null,                    -- ISO 3166-1 alpha-2
  source text not null,
  recorded_at integer not null,
  recorded_by text not null,
  undeliverable_since integer,          -- a letter came back from there: a fact, not a wish
  ended_at integer,                     -- from then on it is not theirs any more; null = it is
  ended_by text,
  origin_id blob,
  primary key (customer_id, address_id)
);

create table identity_lookup (
  value text not null,
  kind text not null,
  customer_id blob not null,
  primary key (value, kind)
);

create table erased_address (                -- who must not be known again by a file, and of whom nothing else is kept
  address_hash text primary key,            -- HMAC-SHA-256 of kind and value under the house's own key
  erased_at integer not null
);

create table customer_fact (
  customer_id blob not null references customer (customer_id),
  fact_id blob not null,
  topic text not null,                      -- for example size, allergy, delivery, buying_criterion
  content text not null,
  basis text not null,                      -- told | observed | imported
  said_by text not null,
  said_at integer not null,
  recorded_by text not null,
  recorded_at integer not null,
  retracted_at integer,
  retracted_by text,
  origin_id blob,
  primary key (customer_id, fact_id)
);

create table customer_term (
  customer_id blob not null references customer (customer_id),
  term text not null,                       -- folded word of the name, national phone digits, id elsewhere
  name_key text not null,                   -- all folded words, a space around each: a second word is looked for beside the first
  origin_id blob,
  primary key (customer_id, term)
);
create index customer_term_by_term on customer_term (term, name_key, customer_id);

create table term_variant (
  variant text not null,                    -- the term itself, or with one letter left out
  term text not null,
  primary key (variant, term)
);

-- ---------------------------------------------------------------- Timeline
create table touchpoint (
  customer_id blob not null references customer (customer_id),
  touchpoint_id blob not null,              -- UUIDv7 of the moment it happened
  at integer not null,
  department text not null,                 -- sales | service | marketing | delivery | finance | web | store | other
  kind text not null,                       -- for example call, mail, visit, order, page, survey_answer
  channel text,
  direction text not null,                  -- in | out | none
  summary text not null,
  body text,
  source text not null,
  source_id text not null,
  staff_id blob,
  recorded_at integer not null,
  origin_id blob,
  primary key (customer_id, touchpoint_id),
  unique (customer_id, source, source_id)
);
create index touchpoint_calls on touchpoint (at) where kind = 'call' and direction = 'in';

create table timeline_rollup (
  customer_id blob primary key references customer (customer_id),
  touchpoints integer not null,
  first_at integer not null,
  last_at integer not null
);

-- ---------------------------------------------------------------- Orders
create table product (
  product_id blob primary key,
  sku text not null unique,
  name text not null,
  category text,
  supplier text,                            -- who it is bought from
  size text,                                -- as the shop writes it: 500 g, XL, 42
  source text not null,
  replaced_by blob,                         -- the product to buy in its place
  discontinued_on text,
  created_at integer not null,
  updated_at integer not null,
  version integer not null default 1
);

create table product_price (
  product_id blob not null references product (product_id),
  currency text not null,
  valid_from integer not null,
  price_minor integer not null,
  source text not null,
  primary key (product_id, currency, valid_from)
);

create table sales_order (
  customer_id blob not null references customer (customer_id),
  order_id blob not null,
  at integer not null,
  currency text not null,
  total_minor integer not null,              -- what the lines add up to, without fees
  status text not null,                     -- placed | voided (wholly taken back within a day: a mistake, not a purchase)
  channel text,
  carrier text,                             -- who brought it; null = not known
  source text not null,
  source_id text not null,                  -- the order number in that source
  recorded_at integer not null,
  origin_id blob,
  primary key (customer_id, order_id),
  unique (customer_id, source, source_id)
);
create index sales_order_by_time on sales_order (at);

create table order_lookup (                  -- who a number belongs to, whichever customer
  number text not null,
  source text not null,
  kind text not null,                       -- order | return
  customer_id blob not null,
  order_id blob not null,
  primary key (number, source, kind)
);

create table order_line (                    -- no foreign keys: see docs/decisions/0007-order-lines.md
  customer_id blob not null,
  order_id blob not null,
  line_no integer not null,
  product_id blob not null,
  quantity integer not null,
  amount_minor integer not null,             -- of the whole line
  batch text,
  origin_id blob,
  primary key (customer_id, order_id, line_no)
);

create table order_return (
  customer_id blob not null references customer (customer_id),
  return_id blob not null,
  at integer not null,
  product_id blob not null references product (product_id),
  quantity integer not null,                 -- positive: pieces that came back
  amount_minor integer not null,             -- positive: money given back
  currency text not null,
  reason text,
  order_id blob,                            -- what was bought; null = bought before the records begin
  line_no integer,
  batch text,
  source text not null,
  source_id text not null,
  source_line integer not null,
  part integer not null,                    -- of a line that came from several orders: 0, 1, 2 …
  recorded_at integer not null,
  origin_id blob,
  primary key (customer_id, return_id),
  unique (customer_id, source, source_id, source_line, part)
);
create index order_return_by_order on order_return (customer_id, order_id);

create table order_fee (
  customer_id blob not null references customer (customer_id),
  fee_id blob not null,
  at integer not null,
  kind text not null,                       -- postage | discount | manual | bank | commission | other
  amount_minor integer not null,             -- negative: in the customer's favour
  currency text not null,
  description text not null,
  order_id blob,
  source text not null,
  source_id text not null,                  -- order: or return: and its number
  source_line integer not null,
  recorded_at integer not null,
  origin_id blob,
  primary key (customer_id, fee_id),
  unique (customer_id, source, source_id, source_line)
);

create table unattributed_line (             -- sold or taken back, nobody knows to whom: counts for products, makes no profile; no foreign key, as order_line
  source_id text not null,
  source text not null,
  source_line integer not null,
  at integer not null,
  product_id blob not null,
  quantity integer not null,                 -- negative: taken back
  amount_minor integer not null,
  currency text not null,
  recorded_at integer not null,
  primary key (source_id, source, source_line)
);
create index unattributed_line_by_time on unattributed_line (at);

create table sale_news (                     -- weeks of sale of which something was told since they were last counted in return_cell
  news_id blob not null,
  week text not null,
  primary key (news_id, week)
);

create table order_rollup (
  customer_id blob not null references customer (customer_id),
  currency text not null,
  orders integer not null,                   -- placed, not voided
  spend_minor integer not null,              -- of placed and voided orders alike; returns are beside it
  returns integer not null,
  returned_minor integer not null,
  fees_minor integer not null,
  first_order_at integer,
  last_order_at integer,
  version integer not null default 1,        -- rises whenever something of it was told
  primary key (customer_id, currency)
);

create table order_month (
  customer_id blob not null references customer (customer_id),
  month integer not null,                   -- year * 100 + month, UTC
  currency text not null,
  orders integer not null,
  spend_minor integer not null,
  returned_minor integer not null,
  primary key (customer_id, month, currency)
);

create table product_month (                 -- no foreign keys: it is made of lines and returns, in their transaction
  customer_id blob not null,
  product_id blob not null,
  month integer not null,
  currency text not null,
  orders integer not null,                   -- order lines of this product in the month
  quantity integer not null,
  spend_minor integer not null,
  returned_quantity integer not null,
  returned_minor integer not null,
  primary key (customer_id, product_id, month, currency)
);
create index product_month_by_product on product_month (product_id, customer_id, month);

-- ---------------------------------------------------------------- Contact
create table preference_statement (
  customer_id blob not null references customer (customer_id),
  statement_id blob not null,
  said_at integer not null,
  place text not null,                      -- call | voicemail | mail | portal | link | api | import | page | store
  words text,                               -- as the customer said it
  basis text not null,                      -- asked | volunteered | inferred | imported
  wish text not null,
  recorded_by text not null,
  recorded_at integer not null,
  source text not null,
  source_id text not null,
  wording text,                             -- the version of the text that a consent agreed to
  origin_id blob,
  primary key (customer_id, statement_id),
  unique (customer_id, source, source_id)
);

create table contact_state (                 -- the row that a claim reads for share and an opt-out writes
  customer_id blob primary key references customer (customer_id),
  version integer not null,
  wishes text not null,                    -- computed from the statements in the same transaction
  updated_at integer not null
);

create table contact_decision (              -- the ledger: every attempt, permitted or not
  customer_id blob not null references customer (customer_id),
  decision_id blob not null,
  chain_id blob not null,                   -- the profile whose chain this entry belongs to
  seq integer not null,
  decided_at integer not null,
  stage text not null,                      -- request | claim | hand_off
  purpose text not null,
  verdict text not null,                    -- permitted | deferred | refused
  channel text,
  not_before integer,
  request text not null,
  reasons text not null,
  state_version integer not null,
  policy_version text not null,
  previous_hash text not null,
  hash text not null,
  words_key text,                           -- the hash covers the customer's own words by seals under this key; null = they were erased
  origin_id blob,
  primary key (customer_id, decision_id),
  unique (customer_id, chain_id, seq)
);

create table outbox (
  customer_id blob not null,
  outbox_id blob not null,
  decision_id blob not null,
  step text not null,                       -- one contact per (step, customer)
  state text not null,                      -- queued | in_flight | printed (a letter in a batch) | sent | failed | cancelled | expired | ambiguous
  purpose text not null,
  channel text not null,
  address text not null,
  not_before integer not null,
  latest_useful integer not null,
  subject text not null,
  content text not null,
  secret text,                              -- what stands in the content's {secret}; null once it is handed over or of no use
  wording text,                             -- the template with its language and version; null = written freely
  about text not null,                      -- what it is about: change:…, order:…, case:…
  message_id text not null,
  attempts integer not null default 0,
  claimed_by text,
  claimed_until integer,
  reserved_at integer,                  -- counts towards the caps from this moment
  near_days integer,                        -- with it so many contacts came together that a limit over so many days may be reached; null = none
  address_key text,                         -- where that is counted as well, in address_contact
  finished_at integer,
  explanation text,
  provider_ref text,                        -- the provider's own id of a text or call
  delivery text,                            -- what the provider has said last: accepted | sent | not_delivered | delivered
  read_at integer,                      -- of a message in the portal: when the customer first opened it
  created_at integer not null,
  origin_id blob,
  primary key (customer_id, outbox_id),
  unique (customer_id, step),
  foreign key (customer_id, decision_id) references contact_decision (customer_id, decision_id)
);
create index outbox_due on outbox (state, not_before);
create index outbox_by_id on outbox (outbox_id);
create index outbox_near_limit on outbox (state, reserved_at) where near_days is not null;
create index outbox_secret on outbox (latest_useful) where secret is not null;

create table audience_class (                -- customers who are alike to the gate: the same wishes, place, language and kinds of address
  class_key blob primary key,             -- hash of all of these: what a class is never changes
  wishes_key text not null,
  time_zone text,
  country text,
  language text not null,
  email text not null,                      -- none | broken | works | objected
  phone text not null,
  text text not null,                       -- of the numbers: whether text messages arrive at one
  postal text not null
);

create table audience_wishes (               -- wishes that many have, without who said them
  wishes_key text primary key,            -- hash of them
  wishes text not null
);

create table audience_member (               -- which class a living customer is in; follows from their wishes, profile and identities
  customer_id blob primary key references customer (customer_id),
  class_key blob not null
);
create index audience_member_by_class on audience_member (class_key, customer_id);

create table audience_count (                -- how many customers each class had when its moves were last folded in
  class_key blob primary key,
  customers integer not null,
  fold integer not null                           -- the fold that changed it last
);
create index audience_count_by_fold on audience_count (fold);

create table audience_move (                 -- customers who came into a class or left it since: only ever added, so that nobody waits for anybody
  class_key blob not null,
  part_id blob not null,
  customers integer not null,                   -- negative: they left it
  primary key (class_key, part_id)
);

create table audience_fold (                 -- each time at which moves were folded in, the last thousand
  fold integer primary key,
  token blob not null                        -- that no other fold of this number has, in no other database
);

create table delivery_report (               -- what a provider said of a text or call: facts, however often and in whichever order told
  customer_id blob not null references customer (customer_id),
  report_id blob not null,
  outbox_id blob not null,
  at integer not null,
  status text not null,                     -- the provider's own word
  code text,                                -- the provider's number for what went wrong
  source text not null,
  source_id text not null,                  -- the provider's id of the message, and the word
  origin_id blob,
  primary key (customer_id, report_id),
  unique (customer_id, source, source_id)
);

create table letter_batch (                  -- letters that are printed together
  batch_id blob primary key,
  made_at integer not null,
  made_by text not null,
  sealed_at integer                     -- from then on no letter joins it; null = it is being made
);

create table letter (                        -- a letter as it is printed; its decision stands with the outbox row
  customer_id blob not null references customer (customer_id),
  letter_id blob not null,
  batch_id blob not null references letter_batch (batch_id),
  outbox_id blob not null,
  position integer not null,
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
  finished_at integer,
  finished_by text,
  created_at integer not null,
  origin_id blob,
  primary key (customer_id, letter_id)
);
create index letter_by_batch on letter (batch_id, position);

create table asking (                        -- who was asked how they want to be treated
  customer_id blob not null references customer (customer_id),
  asking_id blob not null,
  asked_at integer not null,
  occasion text not null,                   -- after_order | after_case | after_calls
  channel text,                             -- null = no way was certainly allowed
  decision_id blob,
  answered_at integer,
  origin_id blob,
  primary key (customer_id, asking_id)
);

create table address_contact (               -- what reached an address, whichever profile it was for: limits count it too
  address_key text not null,          -- a keyed hash: the address itself cannot be read from it
  contact_id blob not null,                  -- the message or task
  customer_id blob not null,
  purpose text not null,
  at integer not null,
  is_shared integer not null default 0, -- as on its address's turn
  primary key (address_key, contact_id)
);
create index address_contact_shared on address_contact (at) where is_shared;

create table address_turn (                  -- whoever reserves a contact at an address locks its row first, after the customer's
  address_key text primary key,
  is_shared integer not null default 0 -- it was an address of several profiles: what is counted at it counts for the others too
);

-- ---------------------------------------------------------------- Outreach
create table care_task (
  customer_id blob not null references customer (customer_id),
  task_id blob not null,
  decision_id blob,                         -- the permission of a task that reaches the customer; null = internal work
  step text not null,
  kind text not null,                       -- call | follow_up | internal
  purpose text not null,
  title text not null,
  subject text,                             -- the message that takes its place when it may not be made any more; null = there is none
  content text,
  about text not null,
  address_key text,                         -- of a call: where it is counted as well, in address_contact
  near_days integer,                        -- with it so many contacts came together that a limit over so many days may be reached; null = none
  assigned_to blob,
  due_at integer not null,
  latest_useful integer not null,
  minutes integer not null,
  state text not null,                      -- open | done | cancelled | expired
  outcome text,                             -- reached | not_reached | call_back | declined | wish_recorded | no_longer_needed
  outcome_note text,
  attempts integer not null default 0,      -- how often the customer was not reached
  finished_at integer,
  finished_by text,
  created_at integer not null,
  origin_id blob,
  primary key (customer_id, task_id),
  unique (customer_id, step),
  foreign key (customer_id, decision_id) references contact_decision (customer_id, decision_id)
);
create index care_task_due on care_task (state, assigned_to, due_at);
create index care_task_by_id on care_task (task_id);
create index care_task_near_limit on care_task (state, finished_at) where near_days is not null;

create table house_task (                    -- work for a member of staff that is about no customer
  task_id blob primary key,
  step text not null unique,                -- what gave it: one open task for it, however often it is told
  title text not null,
  href text not null,                       -- the page on which it is done
  assigned_to blob,                        -- null = whoever comes first
  due_at integer not null,
  state text not null,                      -- open | done
  created_at integer not null,
  finished_at integer
);
create index house_task_due on house_task (state, assigned_to, due_at);

-- ---------------------------------------------------------------- Cases
create table service_case (
  customer_id blob not null references customer (customer_id),
  case_id blob not null,
  subject text not null,
  description text not null,
  channel text not null,
  product_id blob,
  order_id blob,
  owner_id blob not null,                   -- exactly one, at every moment
  promised_at integer not null,
  opened_at integer not null,
  opened_by text not null,
  first_answered_at integer,
  resolved_at integer,
  resolution text,
  source text not null,
  source_id text not null,
  origin_id blob,
  primary key (customer_id, case_id),
  unique (customer_id, source, source_id)
);
create index service_case_by_opening on service_case (opened_at);
create index service_case_open on service_case (owner_id, promised_at) where resolved_at is null;

-- ---------------------------------------------------------------- Mail
create table received_mail (                 -- as it came, so that it can be read anew; erased with the customer
  customer_id blob not null references customer (customer_id),
  mail_id blob not null,
  at integer not null,
  kind text not null,                       -- person | bounce | complaint | auto_reply | unsubscribe | receipt | challenge | machine
  sign text not null,                       -- by what it was recognised
  address text,                             -- the customer's address that it is about or came from
  failure text,                             -- of a bounce: dead | failed | delayed
  reason text,                              -- of a bounce, a word; of a complaint, its type
  outbox_id blob,                          -- the message that it is about
  case_id blob,                            -- the case that it belongs to
  subject text not null,
  words text,                               -- what a person wrote anew
  raw text not null,                        -- gzip, base64
  source text not null,
  source_id text not null,                  -- hash of the mail and its Message-ID
  origin_id blob,
  primary key (customer_id, mail_id),
  unique (customer_id, source, source_id)
);

create table stray_mail (                    -- came in, and nobody knows from whom
  source_id text primary key,
  at integer not null,
  kind text not null,
  sign text not null,
  sender text,
  recipient text not null,
  subject text not null,
  raw text not null,
  state text not null,                      -- waiting | assigned | discarded
  finished_at integer,
  finished_by text
);
create index stray_mail_waiting on stray_mail (at) where state = 'waiting';

-- ---------------------------------------------------------------- Texts
create table received_text (                 -- text messages from customers, as they came; erased with the customer
  customer_id blob not null references customer (customer_id),
  text_id blob not null,
  at integer not null,
  act text not null,                        -- stop | start | help | words
  number text not null,                     -- from which it came, E.164
  words text not null,
  case_id blob,                             -- the case that it belongs to
  source text not null,
  source_id text not null,                  -- the provider's own id of it
  origin_id blob,
  primary key (customer_id, text_id),
  unique (customer_id, source, source_id)
);

create table stray_text (                    -- came in, and nobody knows from whom
  source_id text primary key,
  at integer not null,
  act text not null,
  number text not null,
  words text not null,
  state text not null,                      -- waiting | assigned | discarded
  finished_at integer,
  finished_by text
);
create index stray_text_waiting on stray_text (at) where state = 'waiting';

-- ---------------------------------------------------------------- Changes
create table change (
  change_id blob primary key,
  kind text not null,                       -- price | discontinued
  title text not null,
  reason text not null,                     -- in plain words, as customers will read it
  effective_on text not null,
  state text not null,                      -- registered | planned | withdrawn
  source text not null,
  source_id text not null,
  created_at integer not null,
  created_by text not null,
  version integer not null default 1,
  unique (source, source_id)
);

create table change_product (
  change_id blob not null references change (change_id),
  product_id blob not null references product (product_id),
  currency text not null,
  old_price_minor integer,
  new_price_minor integer,
  replacement_id blob,
  primary key (change_id, product_id)
);

create table care_plan (
  plan_id blob primary key,
  change_id blob not null references change (change_id),
  staff_minutes integer not null,
  currency text not null,                   -- of every amount in the summary; losses in other currencies are not compared
  as_of text not null,                      -- the day from which the last twelve months are counted back
  made_at integer not null,
  made_by text not null,
  state text not null,                      -- making | draft | starting | started | withdrawing | withdrawn
  making_until integer,                     -- until when whoever makes it has it; then it is made by somebody else
  started_at integer,
  rule_version text not null,
  summary text not null
);

create table change_impact (
  customer_id blob not null references customer (customer_id),
  plan_id blob not null,
  currency text not null,
  spend_minor integer not null,              -- the customer's whole spend in the year looked at
  affected_spend_minor integer not null,
  extra_cost_minor integer not null,         -- a year, at their usual volume
  chance_of_leaving real not null,
  expected_loss_minor integer not null,
  components text not null,
  origin_id blob,
  primary key (customer_id, plan_id)
);
create index change_impact_by_plan on change_impact (plan_id, expected_loss_minor desc, customer_id);

create table plan_step (
  customer_id blob not null,
  plan_id blob not null,
  step text not null,                       -- advance_contact | notice
  wanted_channel text not null,
  channel text,                             -- null = nothing may be sent
  verdict text not null,                    -- planned | permitted | deferred | refused | merged (another step says it, or that of the profile it joined)
  reason text not null,
  minutes integer not null,
  assigned_to blob,                        -- who makes the personal contact; null = anybody
  not_before integer,
  decision_id blob,
  task_id blob,
  outbox_id blob,
  origin_id blob,
  primary key (customer_id, plan_id, step),
  foreign key (customer_id, plan_id) references change_impact (customer_id, plan_id)
);
create index plan_step_by_plan on plan_step (plan_id, customer_id);

-- ---------------------------------------------------------------- Campaigns
create table campaign (
  campaign_id blob primary key,
  title text not null,
  purpose text not null,
  legal_ground text,                        -- of a legal notice
  channels text not null,                   -- words separated by a space, the best first; empty = the best way for each
  earliest integer,
  latest_useful integer not null,
  segment text not null,                     -- whom, from what the house knows
  messages text not null,                    -- by language
  state text not null,                      -- draft | starting | started | stopping | stopped
  cursor_id blob,                            -- the last customer that was handed to a worker; null = none yet
  is_handed_out integer not null default 0,  -- every customer was
  customers integer,                            -- how many there were when it was started
  created_at integer not null,
  created_by text not null,
  started_at integer,
  started_by text,
  ended_at integer,
  version integer not null default 1
);

create table campaign_part (                 -- a stretch of customers that one worker asks for
  campaign_id blob not null references campaign (campaign_id),
  part_no integer not null,
  first_id blob not null,
  last_id blob not null,
  worker text not null,
  until integer not null,                       -- then somebody else may go on with it
  finished_at integer,
  primary key (campaign_id, part_no)
);

create table campaign_contact (              -- what became of a campaign's request for one customer
  customer_id blob not null references customer (customer_id),
  campaign_id blob not null,
  step text not null,                       -- of the message or task that came of it
  verdict text not null,                    -- permitted | deferred | refused | left_out (nothing of theirs to rest it on)
  channel text,
  reason_code text not null,
  reason text not null,
  not_before integer,
  decision_id blob,
  asked_at integer not null,
  origin_id blob,
  primary key (customer_id, campaign_id)
);
create index campaign_contact_by_campaign on campaign_contact (campaign_id, customer_id);

-- ---------------------------------------------------------------- Insight
create table insight_run (                   -- one computing of something about all customers, past or under way
  run_id blob primary key,
  kind text not null,                       -- loyalty | …
  state text not null,                      -- asked | preparing | sharing | finished | failed | cancelled
  asked_at integer not null,
  asked_by text not null,
  started_at integer,
  finished_at integer,
  stage text not null,                      -- what is being done, for people
  done integer not null,
  total integer not null,
  holder text,                              -- who prepares it, until when; then somebody else may
  held_until integer,
  explanation text,                         -- what came of it, or why it failed
  summary text not null
);
create unique index insight_run_one on insight_run (kind) where finished_at is null;

create table insight_part (                  -- a run's customers by ranges of their ids, shared between the nodes
  run_id blob not null references insight_run (run_id),
  part integer not null,
  after_id blob not null,
  until_id blob not null,
  state text not null,                      -- waiting | done
  holder text,
  held_until integer,
  done integer not null,
  primary key (run_id, part)
);

create table loyalty_model (                 -- every fit that was ever used: what it says and why it was chosen
  model_id blob primary key,
  run_id blob not null,
  fitted_at integer not null,
  window_from text not null,
  window_until text not null,               -- the day up to which purchases were looked at, itself not included
  customers integer not null,
  chosen text not null,                     -- who foretells purchases, for people
  judge text not null,                      -- who judges silence, for people
  report text not null
);

create table loyalty_score (                 -- follows from a customer's orders and a model; forgotten when they change hands, and computed again
  customer_id blob primary key references customer (customer_id),
  model_id blob not null,
  first_at integer not null,
  last_at integer not null,
  purchases integer not null,               -- days with a purchase
  currency text not null,
  spend_minor integer not null,              -- kept, in that currency
  usual_gap real,                           -- days between purchases; null = bought once
  chance_alive real not null,
  chance_of_silence real not null,
  expected real not null,                   -- purchases of the coming year
  value_minor integer not null,              -- what they will spend in it
  year_minor integer not null,               -- what a year of theirs is worth while they buy as they did
  unusual_at integer,                       -- from when on their silence is unusual for them; null = bought once
  seen_orders integer not null,             -- the sums it was computed from: other sums are news
  seen_version integer not null,
  computed_at integer not null
);
create index loyalty_score_silent on loyalty_score (year_minor desc, customer_id) where unusual_at is not null;
create index loyalty_score_unusual on loyalty_score (unusual_at) where unusual_at is not null;

create table leaving_care (                  -- a contact that was planned because somebody fell silent
  customer_id blob not null references customer (customer_id),
  care_id blob not null,
  last_at integer not null,                 -- the silence: since this purchase
  year_minor integer not null,
  currency text not null,
  verdict text not null,                    -- permitted | deferred | refused
  channel text,
  reason text not null,
  decision_id blob,
  task_id blob,
  outbox_id blob,
  planned_at integer not null,
  planned_by text not null,
  origin_id blob,
  primary key (customer_id, care_id)
);
create index leaving_care_by_time on leaving_care (planned_at);

-- ---------------------------------------------------------------- Insight: what comes back, and whether all are served alike
create table return_cell (                   -- what was sold in a week and how much of it came back, whenever; counted anew where there is news
  week text not null,                       -- the Monday of the week of sale, UTC
  product_id blob not null,
  batch text not null,                      -- '' = not known, as with the next two
  carrier text not null,
  country text not null,
  currency text not null,
  sold integer not null,                     -- order lines; orders that were mistakes (voided) are left out
  returned integer not null,                 -- of these lines
  returned_minor integer not null,
  primary key (week, product_id, batch, carrier, country, currency)
);

create table return_reason (                 -- why lines sold in a week came back, and after how long
  week text not null,
  product_id blob not null,
  batch text not null,
  reason text not null,                     -- '' = not told
  weeks_after integer not null,              -- from the sale to the return; 13 = 13 or more
  returned integer not null,                 -- lines
  primary key (week, product_id, batch, reason, weeks_after)
);

create table return_rate (                   -- what the last look at returns said of each thing
  dimension text not null,                  -- product | batch | supplier | carrier | size | region
  thing text not null,                      -- by what it is known again
  name text not null,                       -- as people call it
  sold integer not null,
  returned integer not null,
  expected real not null,                  -- returns, were it like the others
  rate real not null,                      -- shrunken
  low real not null,
  high real not null,
  adjusted real not null,                  -- the chance of it by luck, for all that were looked at
  currency text not null,
  cost_minor integer not null,               -- given back, with handling
  excess_minor integer not null,             -- of that, beyond the usual
  stands_out integer not null,
  because text,                             -- the finding that explains what is unusual about it, for people
  primary key (dimension, thing)
);

create table parity_result (                 -- what the last comparison said of each group
  measure text not null,                    -- first_answer | resolution | promise | wait | abandoned
  grouping_by text not null,                -- level | newness | language | channel | wish
  group_key text not null,
  cases integer not null,
  others integer not null,
  typical real not null,                   -- hours, minutes or a share, of the group
  typical_others real not null,
  difference real not null,                -- a factor of a time, points of a share
  low real not null,
  high real not null,
  margin real not null,
  same_p real not null,
  different_p real not null,
  verdict text not null,                    -- same | different | cannot_tell_yet
  is_apart integer not null,               -- found to be served differently, and so left out when the others were compared
  primary key (measure, grouping_by, group_key)
);

create table finding (                       -- something that stood out, followed by its owner until it is gone
  finding_id blob primary key,
  kind text not null,                       -- returns | parity
  subject text not null,                    -- what it is about: batch:…, language:es
  state text not null,                      -- open | assigned | cause_fixed | watched | gone | recurred | set_aside
  owner_id blob,
  title text not null,
  report text not null,                    -- the sentence, its numbers and the weeks behind them, of the last look
  cost_minor integer,
  currency text,
  found_at integer not null,
  seen_at integer not null,                   -- the last look that found it
  fixed_on text,                            -- from when on it is watched
  state_at integer not null,
  version integer not null default 1,
  unique (kind, subject)
);
create index finding_by_state on finding (state, found_at);

create table finding_event (                 -- a finding's history
  finding_id blob not null references finding (finding_id),
  event_id blob not null,
  at integer not null,
  by_whom text not null,
  what text not null,                       -- the state it came to, or note
  words text,
  primary key (finding_id, event_id)
);

-- ---------------------------------------------------------------- Access
create table staff (
  staff_id blob primary key,
  email text not null unique,
  name text not null,
  role text not null,                       -- agent | lead | manager | administrator | auditor
  time_zone text not null,
  password_hash text,
  totp_secret text,                         -- protected; null = not set up yet
  totp_last_step integer,                    -- a code is used once
  created_at integer not null,
  disabled_at integer,
  version integer not null default 1
);

create table staff_session (
  session_hash text primary key,
  staff_id blob not null references staff (staff_id),
  created_at integer not null,
  last_seen_at integer not null,
  ended_at integer
);

create table staff_invitation (
  token_hash text primary key,
  email text,
  role text not null,
  created_at integer not null,
  created_by text not null,
  expires_at integer not null,
  used_at integer
);

create table portal_link (
  token_hash text primary key,
  customer_id blob not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer
);

create table portal_session (
  session_hash text primary key,
  customer_id blob not null,
  created_at integer not null,
  last_seen_at integer not null,
  ended_at integer
);

create table api_key (
  key_id blob primary key,
  name text not null,
  secret_hash text not null unique,
  scopes text not null,                     -- words separated by a space
  created_at integer not null,
  created_by text not null,
  last_used_at integer,
  revoked_at integer
);

create table sign_in_throttle (
  subject text primary key,                 -- hash of an account, an address, or both: no name in clear
  attempts integer not null,                 -- since the last success; a day of rest forgets them
  last_at integer not null
);

create table audit_entry (
  seq integer primary key,
  at integer not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null,                     -- JSON as it was hashed, without personal data
  previous_hash text not null,
  hash text not null
);

create table audit_head (                    -- the end of the chain: its row lock lets one node append at a time
  name text primary key,
  seq integer not null,
  hash text not null
);

create table idempotency_key (
  key text not null,
  caller text not null,
  request_hash text not null,
  status integer not null,
  response text not null,
  created_at integer not null,
  primary key (key, caller)
);
create index idempotency_key_by_age on idempotency_key (created_at);

create table data_protection_key (
  name text primary key,
  xml text not null
);

-- ---------------------------------------------------------------- Webhooks
create table webhook_endpoint (              -- addresses of other systems that are told what happened
  endpoint_id blob primary key,
  url text not null,
  description text not null,
  event_types text not null,                -- words with a space before and after each, or * for all
  state text not null,                      -- active | paused (events wait) | disabled (nothing is kept for it)
  secret text not null,                     -- encrypted with the keys of data protection: signing needs it in clear
  old_secret text,                          -- signs along until old_secret_until
  old_secret_until integer,
  failing_since integer,                -- no delivery came through since; null = the last one did
  disabled_because text,
  created_at integer not null,
  created_by text not null,
  version integer not null default 1
);

create table webhook_delivery (              -- what one endpoint is told; no row where nobody listens
  customer_id blob not null,                 -- the nil id for what concerns nobody alone, such as a change
  event_id blob not null,                    -- the webhook-id: the same for every endpoint and every attempt
  endpoint_id blob not null,
  type text not null,
  body text not null,                       -- the JSON as it is signed and sent; ids and words of ours only
  state text not null,                      -- waiting | delivered | failed
  attempts integer not null default 0,
  created_at integer not null,
  due_at integer not null,                   -- the next attempt; while one is under way, when another node may make it
  give_up_at integer not null,
  worker text,                              -- who makes the attempt that is under way
  last_at integer,                          -- of the last attempt
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
  received_at integer not null,
  due_at integer not null,              -- when it is looked at: at once, later after a failure
  ordinal integer not null,                 -- order of arrival within one request
  part integer not null,                    -- all events of one person are in one part, on which one worker at a time works
  person text,                              -- user:… or anonymous:…; null = the event names nobody
  type text not null,
  sent_at integer,                      -- by the sender's clock
  body text,                                -- null once it has become facts
  state text not null,                      -- received | held (until we know who it is) | done | quarantined | discarded
  reason text,
  attempts integer not null default 0,
  processed_at integer,
  primary key (message_id, source)
);
create index ingest_event_waiting on ingest_event (part, due_at, ordinal) where state = 'received';
create index ingest_event_held on ingest_event (person, received_at) where state = 'held';
create index ingest_event_quarantined on ingest_event (received_at, message_id) where state = 'quarantined';
create index ingest_event_over on ingest_event (received_at) where state in ('done', 'discarded');

create table import_run (
  run_id blob primary key,
  kind text not null,
  format text not null,
  file_name text not null,
  state text not null,                      -- running | finished | failed | interrupted
  counts text not null,
  rejects_file text,
  explanation text,
  started_at integer not null,
  started_by text not null,
  finished_at integer
);

create table journal_mark (                  -- up to where the journal outside the database is in it
  file text primary key,
  position integer not null,
  hash text not null,
  marked_at integer not null
);

create table lease (
  name text primary key,
  holder text not null,
  until integer not null
);

create table setting (
  name text primary key,
  value text not null,
  changed_at integer not null,
  changed_by text not null
);
