/** What a measure may be split by. Null in a row where it does not apply. */
export const dimensions = [
    'channel',
    'campaign',
    'landing_page',
    'product_line',
    'person',
    'department',
    'attribution_model',
] as const;

export type Dimension = (typeof dimensions)[number];

/**
 * The department a measure counts for: always the same one, or the one a row names. `origin` is the
 * one that brought the deal (marketing where a lead is behind it), `analyst`, `addressee` and `claimant`
 * that of the person.
 */
export type CountedFor = 'marketing' | 'sales' | 'origin' | 'analyst' | 'addressee' | 'claimant';

export interface Measure {
    readonly counts: string;
    /** What it is counted from, with the other measures of it: the model measures_<fact>. */
    readonly fact: string;
    /** Without one it has no department dimension. */
    readonly countedFor?: CountedFor;
    readonly dimensions: readonly Exclude<Dimension, 'department'>[];
    /** Whether time will tell for some things whether they count. */
    readonly hasPending?: boolean;
    /** Whether a ratio over nothing of it is unknown, on whichever side: no cost is no cheap lead. */
    readonly isUnknownAtZero?: boolean;
}

/**
 * The additive things KPIs are made of. Those of one fact are counted by one model, measures_<fact>;
 * from this list come its contract, the macro that fills its columns, and what the KPI catalogue may
 * name.
 */
export const measures = {
    spend: {
        counts: 'Ad cost in the company currency, by the day it was spent.',
        fact: 'spend',
        countedFor: 'marketing',
        dimensions: ['channel', 'campaign', 'product_line'],
        isUnknownAtZero: true,
    },
    visits: {
        counts: 'Web sessions, by the day they started.',
        fact: 'visits',
        countedFor: 'marketing',
        dimensions: ['channel', 'campaign', 'landing_page'],
    },
    leads: {
        counts: 'Leads, by the day they were created.',
        fact: 'leads',
        countedFor: 'marketing',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line'],
    },
    mqls: {
        counts: 'Marketing-qualified leads, by the day they first entered the stage.',
        fact: 'leads',
        countedFor: 'marketing',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line'],
    },
    qualified_leads: {
        counts: 'Leads that marketing qualified sooner or later, by the day they were created.',
        fact: 'leads',
        countedFor: 'marketing',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line'],
    },
    sqls: {
        counts: 'Sales-qualified leads, by the day they first entered the stage.',
        fact: 'leads',
        countedFor: 'marketing',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person'],
    },
    judged_leads: {
        counts: 'Assigned leads old enough to say whether anybody worked them, by the day they were assigned.',
        fact: 'handovers',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person'],
        hasPending: true,
    },
    ignored_leads: {
        counts: 'Assigned leads that nobody worked in time, by the day they were assigned.',
        fact: 'handovers',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person'],
        hasPending: true,
    },
    worked_leads: {
        counts: 'Assigned leads that somebody worked in time, by the day they were assigned.',
        fact: 'handovers',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person'],
        hasPending: true,
    },
    wasted_spend: {
        counts: 'Ad cost of leads that nobody worked in time, by the day the lead was created.',
        fact: 'wasted_spend',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person'],
        hasPending: true,
    },
    responses_due: {
        counts: 'First responses to leads that are due, by the day the lead was assigned.',
        fact: 'handovers',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
        hasPending: true,
    },
    responses_in_time: {
        counts: 'First responses to leads that came in time, by the day the lead was assigned.',
        fact: 'handovers',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
        hasPending: true,
    },
    answered_leads: {
        counts: 'Leads that sales answered, by the day of assignment.',
        fact: 'handovers',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
        hasPending: true,
    },
    response_minutes: {
        counts: 'Business minutes to the first response, by the day of assignment.',
        fact: 'handovers',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
        hasPending: true,
    },
    verdicts_due: {
        counts: 'Leads handed to sales long enough ago for a verdict, by the day of assignment.',
        fact: 'handovers',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
        hasPending: true,
    },
    verdicts_given: {
        counts: 'Leads handed to sales long enough ago for a verdict that have one, by the day of assignment.',
        fact: 'handovers',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
        hasPending: true,
    },
    reviewed_leads: {
        counts: 'Leads that sales accepted or rejected, by the day of that judgement.',
        fact: 'judgements',
        countedFor: 'marketing',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
    },
    accepted_leads: {
        counts: 'Leads that sales accepted, by the day of that judgement.',
        fact: 'judgements',
        countedFor: 'marketing',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
    },
    audited_rejections: {
        counts: 'Rejections that an audit judged, by the day of the audit.',
        fact: 'audits',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
    },
    overturned_rejections: {
        counts: 'Rejections that an audit overturned, by the day of the audit.',
        fact: 'audits',
        countedFor: 'sales',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
    },
    audit_cost: {
        counts: 'What the time of the analysts cost, by the day of the audit: also of one that judges nothing.',
        fact: 'audits',
        countedFor: 'analyst',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
    },
    reclaimed_revenue: {
        counts: 'Money collected because an audit overturned a rejection, by the day it was paid or paid back.',
        fact: 'reclaimed_payments',
        countedFor: 'analyst',
        dimensions: ['channel', 'campaign', 'product_line', 'person'],
    },
    owed_leads: {
        counts: 'Leads marketing owed sales, by the last day of the month.',
        fact: 'supply',
        countedFor: 'marketing',
        dimensions: ['product_line'],
    },
    supplied_leads: {
        counts: 'Leads marketing delivered to sales, as agreed, by the last day of the month.',
        fact: 'supply',
        countedFor: 'marketing',
        dimensions: ['product_line'],
    },
    requests_due: {
        counts: 'Internal requests whose answer is due, by the day they were asked.',
        fact: 'requests',
        countedFor: 'addressee',
        dimensions: ['person'],
        hasPending: true,
    },
    requests_in_time: {
        counts: 'Internal requests answered in time, by the day they were asked.',
        fact: 'requests',
        countedFor: 'addressee',
        dimensions: ['person'],
        hasPending: true,
    },
    capacity_leads: {
        counts: 'New leads that the salespeople at work could take, by day.',
        fact: 'capacity',
        dimensions: [],
    },
    pay_disputes: {
        counts: 'Objections to signed statements, by the day they were raised.',
        fact: 'disputes',
        countedFor: 'claimant',
        dimensions: [],
    },
    closed_deals: {
        counts: 'Deals won or lost, by the day they were closed, shared out over their touches.',
        fact: 'deals',
        countedFor: 'sales',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'attribution_model',
        ],
    },
    won_deals: {
        counts: 'Deals won, by the day they were closed, shared out over their touches.',
        fact: 'deals',
        countedFor: 'sales',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'attribution_model',
        ],
    },
    sourced_deals: {
        counts: 'Deals won, by the day they were closed and the department that brought them: ads did not win a deal that sales found.',
        fact: 'deals',
        countedFor: 'origin',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'attribution_model',
        ],
    },
    booked_revenue: {
        counts: 'Signed amount of won deals, by the day they were closed.',
        fact: 'deals',
        countedFor: 'sales',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'attribution_model',
        ],
    },
    collected_revenue: {
        counts: 'Net payments less refunds, by the day they were paid or paid back.',
        fact: 'payments',
        countedFor: 'origin',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'attribution_model',
        ],
    },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;

export const measureNames = Object.keys(measures) as [MeasureName, ...MeasureName[]];

/** All that a measure may be split by, in the order of the list. */
export function dimensionsOf({ countedFor, dimensions: own }: Measure): readonly Dimension[] {
    return dimensions.filter((one) => (one === 'department' ? countedFor : own.includes(one)));
}
