/** What a field holds; it decides which operators make sense. */
export type FieldType = 'text' | 'number' | 'boolean';

/** Fields every lead has, known when it is created: those of the macro `lead_fields`. */
export const LEAD_FIELDS: ReadonlyMap<string, FieldType> = new Map([
    ['channel', 'text'],
    ['campaign_id', 'text'],
    ['landing_page', 'text'],
    ['product_line', 'text'],
    ['country_code', 'text'],
    ['has_company', 'boolean'],
    ['has_email', 'boolean'],
    ['email_domain', 'text'],
    ['visits_before', 'number'],
    ['page_views_before', 'number'],
    ['days_since_first_visit', 'number'],
    ['created_hour', 'number'],
    ['created_weekday', 'number'],
]);

/** Points of the other rule sets, fields of qualification only: those of the macro `score_fields`. */
export const SCORE_FIELDS: ReadonlyMap<string, FieldType> = new Map([
    ['icp_fit', 'number'],
    ['readiness', 'number'],
    ['heat', 'number'],
    ['expected_value', 'number'],
]);
