import {
    type ConversionLine,
    type DealConversion,
    readClick,
    type UploadLine,
} from './conversion.ts';
import type { Platform } from './platform.ts';

/** Why a deal is not told: nothing of it is wrong, it is not for this platform or not yet. */
export type LeftOut =
    | 'no_click'
    | 'odd_click'
    | 'too_old'
    | 'nothing_left'
    | 'not_settled'
    | 'no_amount'
    | 'no_exchange_rate';

/** A conversion that a platform knows with a value that is no longer right, and does not correct. */
export interface Uncorrected {
    readonly told: ConversionLine;
    /** What it is worth now; null where that is unknown. */
    readonly value: string | null;
}

export interface ConversionPlan {
    readonly lines: readonly UploadLine[];
    readonly leftOut: ReadonlyMap<LeftOut, number>;
    readonly uncorrected: readonly Uncorrected[];
    /** Conversions that the platform counts before this. */
    readonly countedBefore: number;
}

export interface PlanOptions {
    readonly platform: Platform;
    /** What each milestone is called at the platform; one without a name is not told. */
    readonly names: Readonly<Partial<Record<DealConversion['milestone'], string>>>;
    /** Milliseconds since 1970. */
    readonly now: number;
}

const dayMs = 86_400_000;
/** A click id comes from an address that anybody can write: a cell or a text of it must be harmless. */
const clickId = /^[a-z0-9][\w.~-]*$/i;
const keyOf = ({ milestone, dealId }: Pick<ConversionLine, 'milestone' | 'dealId'>) =>
    JSON.stringify([milestone, dealId]);
/** Cents: values have two decimals at most. */
const cents = (value: string) => {
    const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(value) ?? [];
    return BigInt(`${sign}${whole}${part.padEnd(2, '0')}`);
};

/**
 * What a platform has to be told so that it knows of every deal what the marts say: conversions that
 * are new, and corrections of those it was told of before.
 * @param told every line of earlier exports to this platform, in their order
 */
export function planConversions(
    deals: readonly DealConversion[],
    told: readonly ConversionLine[],
    options: PlanOptions,
): ConversionPlan {
    const { platform } = options;
    const last = new Map(told.map((line) => [keyOf(line), line]));
    const counted = new Map([...last].filter(([, { action }]) => action !== 'retraction'));
    const times = new Map<string, number>();
    for (const line of told) {
        if (line.action === 'conversion') times.set(keyOf(line), (times.get(keyOf(line)) ?? 0) + 1);
    }
    const countedBefore = counted.size;
    const tally = new Map<LeftOut, number>();
    const lines: UploadLine[] = [];
    const uncorrected: Uncorrected[] = [];

    for (const deal of deals) {
        const key = keyOf(deal);
        const earlier = counted.get(key);
        if (earlier) {
            counted.delete(key);
            const value = deal.value;
            const isSame = value !== null && cents(value) === cents(earlier.value);
            if (isSame) continue;
            // A value that is unknown today is no reason to take back the one that was known.
            if (value !== null && platform.canCorrect(earlier.click)) {
                lines.push(correction(earlier, value, deal.currency));
            } else uncorrected.push({ told: earlier, value });
            continue;
        }
        const name = options.names[deal.milestone];
        if (name === undefined) continue;
        const found = judge(deal, options);
        if (typeof found === 'string') tally.set(found, (tally.get(found) ?? 0) + 1);
        else lines.push({ ...found, name, orderId: orderIdOf(deal, times.get(key) ?? 0) });
    }
    // The deal was lost again, deleted, or is one with another.
    for (const earlier of counted.values()) {
        if (platform.canCorrect(earlier.click)) {
            lines.push(correction(earlier, '0.00', earlier.currency));
        } else uncorrected.push({ told: earlier, value: '0.00' });
    }
    return { lines, leftOut: tally, uncorrected, countedBefore };
}

function judge(
    deal: DealConversion,
    { platform, now }: PlanOptions,
): LeftOut | Omit<UploadLine, 'name' | 'orderId'> {
    const { value, settledAt } = deal;
    if (deal.click === null) return 'no_click';
    const click = readClick(deal.click.text, platform.clickNames, deal.click.at);
    if (!clickId.test(click.value)) return 'odd_click';
    const since = platform.limit.since === 'click' ? click.at : deal.reachedAt;
    if (now - Date.parse(since) > platform.limit.days * dayMs) return 'too_old';
    if (value === null) {
        return deal.unknownValueCode === 'no_amount' ? 'no_amount' : 'no_exchange_rate';
    }
    if (cents(value) <= 0n) return 'nothing_left';
    const canCorrect = platform.canCorrect(click);
    if (!canCorrect && settledAt === null) return 'not_settled';
    return {
        action: 'conversion',
        milestone: deal.milestone,
        dealId: deal.dealId,
        click,
        reachedAt: deal.reachedAt,
        value,
        currency: deal.currency,
        hashedEmail: deal.hashedEmail,
    };
}

function correction(earlier: ConversionLine, value: string, currency: string): UploadLine {
    const isOver = cents(value) <= 0n;
    return {
        ...earlier,
        action: isOver ? 'retraction' : 'restatement',
        value: isOver ? '0.00' : value,
        currency,
        hashedEmail: null,
    };
}

/** What was retracted stays retracted: a deal that comes back is another conversion. */
function orderIdOf({ milestone, dealId }: DealConversion, timesTold: number): string {
    return [dealId, milestone, ...(timesTold === 0 ? [] : [String(timesTold + 1)])].join(':');
}
