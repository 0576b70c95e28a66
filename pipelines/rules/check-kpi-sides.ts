import { partsOf } from '../contracts/columns.ts';
import { type CountedFor, type Measure, measures } from '../contracts/measures.ts';
import {
    checkRows,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    refuseCell,
} from './rule-table.ts';

const measureNamed: ReadonlyMap<string, Measure> = new Map(Object.entries(measures));

/** What follows who brought the deal, for what always counts for sales. */
const byOrigin: Readonly<Record<string, string>> = {
    booked_revenue: 'collected_revenue',
    won_deals: 'sourced_deals',
};

/**
 * A ratio by department or person divides what counts for one and the same: else one side would be
 * zero for each, and 0 of 1611 would look like a result.
 */
export const kpiSideCheck: RuleCheck = checkRows('reference/kpi_catalogue', checkSides);

function checkSides(table: RuleTable, row: RuleRow): void {
    const [above, below] = [filled(row, 'numerator'), filled(row, 'denominator')];
    const scope = partsOf(row.cells.scopes).find((one) => isMixed(one, above, below));
    if (!scope) return;
    const better = [above, below].find(
        (one) => byOrigin[one] && !isMixed(scope, inPlace(one, above), inPlace(one, below)),
    );
    const instead = better
        ? `, or use ${byOrigin[better]}, which follows who brought the deal, for ${better}`
        : '';
    throw refuseCell(table, row, 'scopes', {
        what: `${table.file} divides results of one ${scope} by those of another: a zero that says nothing would look like a result.`,
        expected: `no ${scope}, because ${above} counts ${words(above)} and ${below} ${words(below)}`,
        fix: `drop ${scope} from scopes${instead}`,
    });
}

const inPlace = (replaced: string, name: string) =>
    name === replaced ? (byOrigin[name] ?? name) : name;

type Mix = (above: Measure, below: Measure) => boolean;

const mixes: Readonly<Record<string, Mix>> = {
    // Sales has none of what marketing counts. A ratio over it has no value there, nor has one of a
    // cost, which is unknown at zero: with what follows the deal both are right for marketing.
    department: (above, below) =>
        above.countedFor !== below.countedFor &&
        !(above.countedFor === 'origin' && below.countedFor === 'marketing') &&
        !(
            above.isUnknownAtZero &&
            above.countedFor === 'marketing' &&
            below.countedFor === 'origin'
        ),
    // All but these two name the salesperson.
    person: ({ countedFor: above }, { countedFor: below }) =>
        above !== below && [above, below].some((one) => one === 'analyst' || one === 'addressee'),
};

function isMixed(scope: string, above: string, below: string): boolean {
    const [numerator, denominator] = [measureNamed.get(above), measureNamed.get(below)];
    return Boolean(numerator && denominator && mixes[scope]?.(numerator, denominator));
}

const phrases: Readonly<Record<CountedFor, string>> = {
    marketing: 'for marketing',
    sales: 'for sales',
    origin: 'for whoever brought the deal',
    analyst: 'for the analyst',
    addressee: 'for whoever is asked',
    claimant: 'for whoever objects',
};

function words(name: string): string {
    const countedFor = measureNamed.get(name)?.countedFor;
    return countedFor ? phrases[countedFor] : 'for no department';
}
