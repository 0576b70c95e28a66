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

export interface Measure {
    readonly counts: string;
    readonly dimensions: readonly Dimension[];
    /** Whether time will tell for some things whether they count. */
    readonly hasPending?: boolean;
    /** Whether a ratio over nothing of it is unknown, on whichever side: no cost is no cheap lead. */
    readonly isUnknownAtZero?: boolean;
    /** Whether its department is the one that brought the deal: marketing where a lead is behind it. */
    readonly isByOrigin?: boolean;
}

/**
 * The additive things KPIs are made of. Each is counted by one model, measure_<name>; from this list
 * come its contract, the macro that fills its columns, and what the KPI catalogue may name.
 */
export const measures = {
    spend: {
        counts: 'Ad cost in the company currency, by the day it was spent.',
        dimensions: ['channel', 'campaign', 'product_line', 'department'],
        isUnknownAtZero: true,
    },
    visits: {
        counts: 'Web sessions, by the day they started.',
        dimensions: ['channel', 'campaign', 'landing_page', 'department'],
    },
    leads: {
        counts: 'Leads, by the day they were created.',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'department'],
    },
    mqls: {
        counts: 'Marketing-qualified leads, by the day they first entered the stage.',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'department'],
    },
    qualified_leads: {
        counts: 'Leads that marketing qualified sooner or later, by the day they were created.',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'department'],
    },
    sqls: {
        counts: 'Sales-qualified leads, by the day they first entered the stage.',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
    },
    judged_leads: {
        counts: 'Assigned leads old enough to say whether anybody worked them, by the day they were assigned.',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    ignored_leads: {
        counts: 'Assigned leads that nobody worked in time, by the day they were assigned.',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    worked_leads: {
        counts: 'Assigned leads that somebody worked in time, by the day they were assigned.',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    wasted_spend: {
        counts: 'Ad cost of leads that nobody worked in time, by the day the lead was created.',
        dimensions: ['channel', 'campaign', 'landing_page', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    responses_due: {
        counts: 'First responses to leads that are due, by the day the lead was assigned.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    responses_in_time: {
        counts: 'First responses to leads that came in time, by the day the lead was assigned.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    answered_leads: {
        counts: 'Leads that sales answered, by the day of assignment.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    response_minutes: {
        counts: 'Business minutes to the first response, by the day of assignment.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    verdicts_due: {
        counts: 'Leads handed to sales long enough ago for a verdict, by the day of assignment.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    verdicts_given: {
        counts: 'Leads handed to sales long enough ago for a verdict that have one, by the day of assignment.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
        hasPending: true,
    },
    reviewed_leads: {
        counts: 'Leads that sales accepted or rejected, by the day of that judgement.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
    },
    accepted_leads: {
        counts: 'Leads that sales accepted, by the day of that judgement.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
    },
    audited_rejections: {
        counts: 'Rejections that an audit judged, by the day of the audit.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
    },
    overturned_rejections: {
        counts: 'Rejections that an audit overturned, by the day of the audit.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
    },
    audit_cost: {
        counts: 'What the time of the analysts cost, by the day of the audit: also of one that judges nothing.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
    },
    reclaimed_revenue: {
        counts: 'Money collected because an audit overturned a rejection, by the day it was paid or paid back.',
        dimensions: ['channel', 'campaign', 'product_line', 'person', 'department'],
    },
    owed_leads: {
        counts: 'Leads marketing owed sales, by the last day of the month.',
        dimensions: ['product_line', 'department'],
    },
    supplied_leads: {
        counts: 'Leads marketing delivered to sales, as agreed, by the last day of the month.',
        dimensions: ['product_line', 'department'],
    },
    requests_due: {
        counts: 'Internal requests whose answer is due, by the day they were asked.',
        dimensions: ['person', 'department'],
        hasPending: true,
    },
    requests_in_time: {
        counts: 'Internal requests answered in time, by the day they were asked.',
        dimensions: ['person', 'department'],
        hasPending: true,
    },
    capacity_leads: {
        counts: 'New leads that the salespeople at work could take, by day.',
        dimensions: [],
    },
    closed_deals: {
        counts: 'Deals won or lost, by the day they were closed, shared out over their touches.',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'department',
            'attribution_model',
        ],
    },
    won_deals: {
        counts: 'Deals won, by the day they were closed, shared out over their touches.',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'department',
            'attribution_model',
        ],
    },
    sourced_deals: {
        counts: 'Deals won, by the day they were closed and the department that brought them: ads did not win a deal that sales found.',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'department',
            'attribution_model',
        ],
        isByOrigin: true,
    },
    booked_revenue: {
        counts: 'Signed amount of won deals, by the day they were closed.',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'department',
            'attribution_model',
        ],
    },
    collected_revenue: {
        counts: 'Net payments less refunds, by the day they were paid or paid back.',
        dimensions: [
            'channel',
            'campaign',
            'landing_page',
            'product_line',
            'person',
            'department',
            'attribution_model',
        ],
        isByOrigin: true,
    },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;

export const measureNames = Object.keys(measures) as [MeasureName, ...MeasureName[]];
