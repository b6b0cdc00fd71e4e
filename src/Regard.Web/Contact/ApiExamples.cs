namespace Regard.Contact;

/// <summary>What requests and answers of the contact gate look like, for the API's document.</summary>
internal static class ApiExamples
{
    public const string Statement =
        """
        {
          "wish": { "purposes": [ { "purpose": "care", "channels": [ "email" ] } ], "limits": [ { "count": 2, "days": 30 } ] },
          "words": "Please write, do not call, and not every week.",
          "place": "call",
          "said_at": "2026-11-23T10:58:00Z",
          "source": "telephone",
          "source_id": "call-20261123-17"
        }
        """;

    public const string Recorded =
        """
        {
          "statement_id": "019ab0c1-6f2a-7c3e-9a55-0f6f3f8e6a10", "customer_id": "019a8f00-11aa-7bbb-8ccc-0123456789ab", "is_new": true,
          "wishes": { "purposes": [ { "purpose": "care", "channels": [ "email" ], "refused": [], "proven": [], "is_within_default": false } ], "hours": [], "limits": [] },
          "held_back": 1, "rerouted": 0
        }
        """;

    public const string Preferences =
        """
        {
          "in_words": [ "Check-ins and notices of change: by e-mail.", "At most 2 contacts in 30 days." ],
          "wishes": { "purposes": [ { "purpose": "care", "channels": [ "email" ], "refused": [], "proven": [], "is_within_default": false } ], "hours": [], "limits": [] },
          "statements": [ {
            "statement_id": "019ab0c1-6f2a-7c3e-9a55-0f6f3f8e6a10", "customer_id": "019a8f00-11aa-7bbb-8ccc-0123456789ab", "said_at": "2026-11-23T10:58:00Z", "place": "call",
            "words": "Please write, do not call, and not every week.", "basis": "volunteered", "wish": { "purposes": [ { "purpose": "care", "channels": [ "email" ] } ], "limits": [ { "count": 2, "days": 30 } ] },
            "recorded_by": "key:019a8e00-0000-7000-8000-000000000001", "recorded_at": "2026-11-23T10:58:05Z", "source": "telephone", "source_id": "call-20261123-17", "is_own_word": true
          } ]
        }
        """;

    public const string Contact =
        """
        {
          "customer_id": "019a8f00-11aa-7bbb-8ccc-0123456789ab", "purpose": "care", "about": "order:1001", "step": "order:1001:late",
          "channels": [ "phone", "email" ], "latest_useful": "2026-11-27T17:00:00Z",
          "subject": "Your parcel is late", "text": "Dear Anna,\n\nyour parcel arrives on Friday, not on Thursday. We are sorry."
        }
        """;

    public const string Decision =
        """
        {
          "customer_id": "019a8f00-11aa-7bbb-8ccc-0123456789ab", "verdict": "permitted", "channel": "email",
          "reasons": [ { "code": "welcome", "purpose": "care", "channel": "email" } ],
          "why": [ "They said that e-mail is welcome for check-ins and notices of change. They said on 2026-11-23 (in a call): “Please write, do not call, and not every week.”" ],
          "decision_id": "019ab0c2-0001-7aaa-8bbb-000000000001", "contact_id": "019ab0c2-0001-7aaa-8bbb-000000000002", "outbox_id": "019ab0c2-0001-7aaa-8bbb-000000000002", "is_repeat": false
        }
        """;

    public const string Preview =
        """
        { "customer_id": "019a8f00-11aa-7bbb-8ccc-0123456789ab", "purpose": "care", "about": "order:1001", "channels": [ "phone" ] }
        """;

    public const string Previewed =
        """
        {
          "customer_id": "019a8f00-11aa-7bbb-8ccc-0123456789ab", "verdict": "refused",
          "reasons": [ { "code": "channel_unwelcome", "purpose": "care", "channel": "phone" } ],
          "why": [ "They do not want a call for check-ins and notices of change." ], "is_repeat": false
        }
        """;

    public const string Became =
        """
        {
          "contact": {
            "customer_id": "019a8f00-11aa-7bbb-8ccc-0123456789ab", "contact_id": "019ab0c2-0001-7aaa-8bbb-000000000002", "kind": "message", "state": "sent", "purpose": "care", "channel": "email",
            "about": "order:1001", "step": "order:1001:late", "not_before": "2026-11-23T11:05:00Z", "latest_useful": "2026-11-27T17:00:00Z", "attempts": 1,
            "finished_at": "2026-11-23T11:05:01Z", "explanation": "250 2.0.0 Ok: queued", "created_at": "2026-11-23T11:05:00Z"
          },
          "why": [ "They said that e-mail is welcome for check-ins and notices of change. They said on 2026-11-23 (in a call): “Please write, do not call, and not every week.”" ]
        }
        """;

    public const string AudienceQuestion =
        """
        { "purpose": "marketing", "about": "campaign:spring", "channels": [ "email" ], "latest_useful": "2026-12-20T00:00:00Z" }
        """;

    public const string Audience =
        """
        { "customers": 4211, "permitted": { "email": 930 }, "deferred": { "email": 12 }, "refused": { "needs_own_yes": 3001, "purpose_unwelcome": 268 } }
        """;
}
