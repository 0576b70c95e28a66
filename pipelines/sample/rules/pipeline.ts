export const STAGE_HEADER = ['stage', 'stage_label', 'phase', 'stage_order'];
export const LOST_REASON_HEADER = [
    'lost_reason',
    'lost_reason_label',
    'responsible_side',
    'valid_from',
    'valid_to',
];

/** Rows of company/pipeline_stages.csv. */
export const STAGE_ROWS: readonly (readonly string[])[] = [
    ['Needs analysis', 'Needs analysis', 'before_sale', '1'],
    ['Proposal', 'Proposal', 'before_sale', '2'],
    ['Negotiation', 'Negotiation', 'before_sale', '3'],
    ['Closed won', 'Won', 'closed', '4'],
    ['Closed lost', 'Lost', 'closed', '5'],
    ['Contract', 'Contract signed', 'after_sale', '6'],
    ['Production', 'In production', 'after_sale', '7'],
    ['Delivery', 'Delivered', 'after_sale', '8'],
    ['Installation', 'Installed', 'after_sale', '9'],
    ['Warranty', 'Under warranty', 'after_sale', '10'],
];

const START = '2023-07-01';
/** On this day the departments agreed anew who answers for silence and for missing budgets. */
const AGREED_ANEW = '2025-01-01';

/** Rows of company/lost_reasons.csv. */
export const LOST_REASON_ROWS: readonly (readonly string[])[] = [
    ['Price too high', 'Price too high', 'product', START, ''],
    ['Chose a competitor', 'Chose a competitor', 'sales', START, ''],
    ['No answer any more', 'No answer any more', 'marketing', START, AGREED_ANEW],
    ['No answer any more', 'No answer any more', 'sales', AGREED_ANEW, ''],
    ['No budget', 'No budget', 'nobody', START, AGREED_ANEW],
    ['No budget', 'No budget', 'marketing', AGREED_ANEW, ''],
    ['Delivery time too long', 'Delivery time too long', 'product', START, ''],
    ['Product does not fit', 'Product does not fit', 'marketing', START, ''],
    ['Project cancelled', 'Project cancelled', 'nobody', START, ''],
];
