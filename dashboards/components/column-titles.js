// What charts call the columns they draw (shell/vite.config.js puts this in the place of the framework's
// own function, which makes a title of the column's name).

/** @type {Record<string, string>} */
const TITLES = {
    lead_month: say('components.columns.month'),
    month_start: say('components.columns.month'),
    period_label: say('components.columns.period'),
    period_start: say('components.columns.period'),
    week_start: say('components.columns.week'),
    pair_label: say('components.columns.pair'),
    stage: say('components.columns.stage'),
    campaign_name: say('components.columns.campaign'),
    reading: say('components.columns.reading'),
    age_band: say('components.columns.age'),
    department_label: say('components.columns.department'),
    outcome_label: say('components.columns.outcome'),
    product_line_label: say('components.columns.product_line'),
    scope_label: say('components.columns.scope'),
    cost_per_lead: say('components.columns.cost_per_lead'),
    ignored_lead_rate: say('components.columns.ignored_share'),
    ignored_rate: say('components.columns.ignored_share'),
    leads: say('components.columns.leads'),
    leads_count: say('components.columns.leads'),
    open_amount: say('components.columns.open_amount'),
    roas: say('components.columns.roas'),
    sla_rate: say('components.columns.sla_rate'),
    spend_amount: say('components.columns.spend'),
    wasted_spend_amount: say('components.columns.wasted_spend'),
    won_deals_count: say('components.columns.won_deals'),
    value: say('components.columns.value'),
    measure_label: say('components.columns.measure'),
};

/**
 * The title of a column; one that a page names in words keeps them.
 *
 * @param {string} column
 */
export const columnTitle = (column) => TITLES[column] ?? column;

// biome-ignore lint/style/noDefaultExport: it stands in for a module that has one
export default columnTitle;
