{# Rendered from pipelines/contracts/measures.ts by `npm run render`; edit that. #}
{% macro kpi_measures() %}
    {{ return({
        'spend': {
            'dimensions': ['channel', 'campaign', 'product_line', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': true,
        },
        'visits': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'mqls': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'qualified_leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'sqls': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'judged_leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'ignored_leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'worked_leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'wasted_spend': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'responses_due': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'responses_in_time': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'answered_leads': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'response_minutes': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'verdicts_due': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'verdicts_given': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'reviewed_leads': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'accepted_leads': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'audited_rejections': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'overturned_rejections': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'audit_cost': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'reclaimed_revenue': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'owed_leads': {
            'dimensions': ['product_line', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'supplied_leads': {
            'dimensions': ['product_line', 'department'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'requests_due': {
            'dimensions': ['person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'requests_in_time': {
            'dimensions': ['person', 'department'],
            'has_pending': true,
            'is_unknown_at_zero': false,
        },
        'capacity_leads': {
            'dimensions': [],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'closed_deals': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'won_deals': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'sourced_deals': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'booked_revenue': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
        'collected_revenue': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'is_unknown_at_zero': false,
        },
    }) }}
{% endmacro %}
