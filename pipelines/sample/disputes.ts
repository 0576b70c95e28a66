import { createRandom } from './random.ts';
import type { LossDispute } from './records.ts';

/** Who contests a reason, and with what words. */
const DISPUTES: Readonly<Record<string, readonly LossDispute[]>> = {
    'Price too high': [
        { side: 'sales', note: 'Discount was never offered' },
        { side: 'marketing', note: 'The advertisement shows a price without installation' },
    ],
    'Chose a competitor': [
        { side: 'product', note: 'The competitor has a wider motor range' },
        { side: 'nobody', note: 'The competitor is the brother of the client' },
    ],
    'No answer any more': [{ side: 'sales', note: 'Nobody called for three weeks' }],
    'No budget': [
        { side: 'sales', note: 'Budget was given in the form' },
        { side: 'marketing', note: 'The campaign speaks to students' },
    ],
    'Delivery time too long': [{ side: 'marketing', note: 'Two weeks were advertised' }],
    'Product does not fit': [{ side: 'marketing', note: 'The landing page shows another gate' }],
    'Project cancelled': [{ side: 'sales', note: 'The offer came after six weeks' }],
};
const DISPUTED = 0.09;

/** The dispute about a lost deal, if the side that is blamed has one. */
export function drawDispute(
    seed: number,
    dealId: string,
    lostReason: string,
): LossDispute | undefined {
    const options = DISPUTES[lostReason];
    if (options === undefined) return undefined;
    const random = createRandom(seed, 'dispute', dealId);
    return random.chance(DISPUTED) ? random.pick(options) : undefined;
}
