{# Rendered from pipelines/contracts/measures.ts by `npm run render`; edit that. #}
{% macro kpi_measures() %}
    {{ return({
        'spend': {
            'dimensions': ['channel', 'campaign', 'product_line', 'department'],
            'has_pending': false,
            'zero_reason': 'no ad spend at this scope in this period',
        },
        'visits': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'mqls': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'qualified_leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'sqls': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'judged_leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'ignored_leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'worked_leads': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'wasted_spend': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'responses_due': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'responses_in_time': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'answered_leads': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'response_minutes': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'verdicts_due': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'verdicts_given': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'reviewed_leads': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'accepted_leads': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'audited_rejections': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'overturned_rejections': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'audit_cost': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'reclaimed_revenue': {
            'dimensions': ['channel', 'campaign', 'product_line', 'person', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'owed_leads': {
            'dimensions': ['product_line', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'supplied_leads': {
            'dimensions': ['product_line', 'department'],
            'has_pending': false,
            'zero_reason': none,
        },
        'requests_due': {
            'dimensions': ['person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'requests_in_time': {
            'dimensions': ['person', 'department'],
            'has_pending': true,
            'zero_reason': none,
        },
        'capacity_leads': {
            'dimensions': [],
            'has_pending': false,
            'zero_reason': none,
        },
        'closed_deals': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'zero_reason': none,
        },
        'won_deals': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'zero_reason': none,
        },
        'sourced_deals': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'zero_reason': none,
        },
        'booked_revenue': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'zero_reason': none,
        },
        'collected_revenue': {
            'dimensions': ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department', 'attribution_model'],
            'has_pending': false,
            'zero_reason': none,
        },
    }) }}
{% endmacro %}
