import { defineConfig } from 'jointly';

const folder = '../../../shared/data/olist-funnel';

/**
 * The public marketing funnel of Olist: leads with their origin and the deals won from them, no
 * spend, no sessions, no amounts, no payments. The data lies beside the repository, never in it.
 */
export default defineConfig({
    company: {
        id: 'olist',
        name: 'Olist',
        currency: 'BRL',
        timezone: 'America/Sao_Paulo',
        country: 'BR',
    },
    inputs: [
        {
            name: 'qualified_leads',
            stream: 'leads',
            files: [`${folder}/olist_marketing_qualified_leads_dataset.csv`],
            columns: {
                lead_id: 'mql_id',
                created_at: 'first_contact_date',
                landing_page: 'landing_page_id',
                channel: 'origin',
            },
        },
        {
            name: 'closed_deals',
            stream: 'deals',
            files: [`${folder}/olist_closed_deals_dataset.csv`],
            columns: {
                // A lead is won once, so its id names the deal too.
                deal_id: 'mql_id',
                lead_id: 'mql_id',
                client_id: 'seller_id',
                person_id: 'sr_id',
                closed_at: 'won_date',
            },
            constants: { status: 'won' },
        },
    ],
});
