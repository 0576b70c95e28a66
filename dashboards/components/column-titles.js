// What charts call the columns they draw (shell/vite.config.js puts this in the place of the framework's
// own function, which makes a title of the column's name).

/** @type {Record<string, string>} */
const TITLES = {
    change_date: say('components.columns.date'),
    start_date: say('components.columns.date'),
    lead_month: say('components.columns.month'),
    month_start: say('components.columns.month'),
    period_label: say('components.columns.period'),
    period_start: say('components.columns.period'),
    quarter_label: say('components.columns.quarter'),
    week_start: say('components.columns.week'),
    pair_label: say('components.columns.pair'),
    stage: say('components.columns.stage'),
    campaign_name: say('components.columns.campaign'),
    reading: say('components.columns.reading'),
    age_band: say('components.columns.age'),
    department_label: say('components.columns.department'),
    lead_kind: say('components.columns.leads_by_kind'),
    outcome_label: say('components.columns.outcome'),
    product_line_label: say('components.columns.product_line'),
    scope_label: say('components.columns.scope'),
    average_points: say('components.columns.average_points'),
    cost_per_lead: say('components.columns.cost_per_lead'),
    paid_cost_per_lead: say('components.columns.cost_per_lead'),
    ignored_lead_rate: say('components.columns.ignored_share'),
    ignored_rate: say('components.columns.ignored_share'),
    leads: say('components.columns.leads'),
    leads_count: say('components.columns.leads'),
    open_amount: say('components.columns.open_amount'),
    overturned_share: say('components.columns.overturned_share'),
    paid_roas: say('components.columns.roas'),
    roas: say('components.columns.roas'),
    paid_share: say('components.columns.paid_share'),
    pay_share: say('components.columns.pay_share'),
    payable_amount: say('components.columns.payable'),
    sla_rate: say('components.columns.sla_rate'),
    sla_target: say('components.columns.sla_target'),
    spend_amount: say('components.columns.spend'),
    wasted_spend_amount: say('components.columns.wasted_spend'),
    won_deals_count: say('components.columns.won_deals'),
};

/**
 * The title of a column; one that a page names in words keeps them.
 *
 * @param {string} column
 */
export const columnTitle = (column) => TITLES[column] ?? column;

// biome-ignore lint/style/noDefaultExport: it stands in for a module that has one
export default columnTitle;
