import { PRODUCT_LABELS } from '../exports/crm-leads.ts';
import { SALESPEOPLE } from '../people.ts';

/** From the CRM's words to the contract's. */
const PRODUCT_LINES = { [PRODUCT_LABELS.gates]: 'gates', [PRODUCT_LABELS.parts]: 'parts' };
const LEAD_SOURCES = {
    'Google Ads': 'paid_search',
    'Facebook & Instagram Ads': 'paid_social',
    'LinkedIn Ads': 'paid_social',
    'Organic Search': 'organic_search',
    'Website Direct': 'direct',
    Newsletter: 'email',
    Referral: 'referral',
};
const OWNERS = Object.fromEntries(SALESPEOPLE.map(({ id, name }) => [name, id]));
const SIDES = { Marketing: 'marketing', Sales: 'sales', Product: 'product', Nobody: 'nobody' };
const LOCAL_MOMENT = '%Y-%m-%d %H:%M:%S';

/** The CRM's five exports; moments without an offset are on the company's clock. */
export function crmInputs(directory: string) {
    return [
        {
            name: 'crm_leads',
            stream: 'leads',
            files: [`${directory}/crm/leads.csv`],
            format: { type: 'csv' },
            columns: {
                lead_id: 'Lead ID',
                created_at: { column: 'Created Date', format: LOCAL_MOMENT },
                visitor_id: 'Web Visitor',
                channel: { column: 'Lead Source', values: LEAD_SOURCES },
                campaign_id: 'Campaign ID',
                landing_page: 'Landing Page',
                product_line: { column: 'Product Interest', values: PRODUCT_LINES },
                full_name: 'Full Name',
                email: 'Email',
                company_name: 'Company',
                country_code: 'Country',
                updated_at: { column: 'Last Modified', format: LOCAL_MOMENT },
            },
        },
        {
            name: 'crm_lead_events',
            stream: 'lead_events',
            files: [`${directory}/crm/lead_events.csv`],
            format: { type: 'csv' },
            columns: {
                event_id: 'Event ID',
                lead_id: 'Lead ID',
                event_type: 'Event',
                occurred_at: 'Event Time',
                person_id: 'User',
                reason: 'Reason',
                verdict: 'Verdict',
            },
        },
        {
            name: 'crm_deals',
            stream: 'deals',
            files: [`${directory}/crm/deals.csv`],
            format: { type: 'csv' },
            columns: {
                deal_id: 'Deal ID',
                lead_id: 'Lead ID',
                client_id: 'Account ID',
                person_id: { column: 'Owner', values: OWNERS },
                product_line: { column: 'Product Line', values: PRODUCT_LINES },
                amount: 'Amount',
                currency_code: 'Currency',
                status: { column: 'Status', values: { Open: 'open', Won: 'won', Lost: 'lost' } },
                stage: 'Stage',
                origin: 'Origin',
                lost_reason: 'Loss Reason',
                disputed_side: { column: 'Disputed Side', values: SIDES },
                dispute_note: 'Dispute Note',
                created_at: { column: 'Created Date', format: LOCAL_MOMENT },
                closed_at: { column: 'Close Date', format: LOCAL_MOMENT },
                updated_at: { column: 'Last Modified', format: LOCAL_MOMENT },
            },
        },
        {
            name: 'crm_deal_stage_history',
            stream: 'deal_stage_history',
            files: [`${directory}/crm/deal_stage_history.csv`],
            format: { type: 'csv' },
            columns: {
                deal_id: 'Deal ID',
                stage: 'Stage',
                entered_at: 'Entered',
                person_id: 'User',
            },
        },
        {
            name: 'crm_activities',
            stream: 'activities',
            files: [`${directory}/crm/activities.csv`],
            format: { type: 'csv' },
            columns: {
                activity_id: 'Activity ID',
                lead_id: 'Lead ID',
                deal_id: 'Deal ID',
                person_id: 'User',
                activity_type: 'Type',
                direction: 'Direction',
                is_automated: 'Automated',
                occurred_at: 'Activity Time',
            },
        },
    ];
}
