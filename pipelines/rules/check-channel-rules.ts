import type { ContractError } from '../errors.ts';
import {
    filled,
    type RuleRow,
    type RuleTable,
    type RuleTables,
    refuseCell,
    tableOf,
} from './rule-table.ts';

const signals = [
    'utm_source',
    'utm_medium',
    'utm_campaign',
    'click_id',
    'referrer_host',
    'recorded_channel',
] as const;
type Signal = (typeof signals)[number];
const tags: readonly Signal[] = ['utm_source', 'utm_medium', 'utm_campaign', 'click_id'];

/** What web analytics writes for nothing, as macros/clean_tag.sql reads it. */
const placeholders = [
    '(direct)',
    '(none)',
    '(not_set)',
    '(not_provided)',
    '(data_not_available)',
    '(other)',
    '(organic)',
    '(referral)',
    '(ai_assistant)',
    'none',
    'null',
    '(null)',
    'undefined',
    'not_set',
    'n/a',
    '_',
    '__',
];

/**
 * Checks that every channel rule can decide something: a rule that no visit can reach looks like a
 * decision and is none.
 * @throws ContractError for the first rule that never can
 */
export function checkChannelRules(tables: RuleTables): void {
    const table = tableOf(tables, 'reference/channel_rules');
    const categories = tableOf(tables, 'reference/source_categories');
    const known = [...new Set(categories.rows.map((row) => `[${filled(row, 'category')}]`))];
    for (const row of table.rows) {
        for (const signal of signals) checkPattern(table, row, signal, known);
    }
    checkOrder(table);
}

function checkPattern(
    table: RuleTable,
    row: RuleRow,
    signal: Signal,
    known: readonly string[],
): void {
    const pattern = readPattern(row, signal);
    const refuse = (expected: string, fix: string): ContractError =>
        refuseCell(table, row, signal, {
            what: `${table.file} has a rule that can never match: ${filled(row, 'rule_id')}.`,
            expected,
            fix,
        });
    if (pattern === undefined) return;
    if (pattern.startsWith('[') && hasCategories(signal) && !known.includes(pattern)) {
        throw refuse(
            known.length > 0
                ? `a pattern, or a category of source_categories.csv: ${known.join(', ')}`
                : 'a pattern, because source_categories.csv names no category',
            'correct the category, or add its sources to reference/source_categories.csv',
        );
    }
    if (tags.includes(signal) && placeholders.includes(pattern)) {
        throw refuse(
            'a pattern of a tag; what web analytics writes for nothing is read as an empty tag',
            'take the rule out: visits without any tag, click id or referrer are direct already',
        );
    }
    if (signal === 'referrer_host' && pattern === '') {
        throw refuse('a pattern of a host, such as %.example.com', 'write the host alone');
    }
    if (signal === 'recorded_channel' && /^_+$/.test(pattern)) {
        throw refuse(
            'a pattern of a channel; a hyphen alone is read as an empty channel',
            'take the rule out',
        );
    }
}

/** The first rule that fits wins, so a rule behind a wider one is never asked. */
function checkOrder(table: RuleTable): void {
    const sorted = table.rows.toSorted(comesFirst).map((row) => ({
        row,
        patterns: signals.map((signal) => readPattern(row, signal)),
        fits: signals.map((signal) => fitsOf(readPattern(row, signal))),
    }));
    sorted.forEach(({ row, patterns }, index) => {
        const wider = sorted.find(
            (before, place) =>
                place < index &&
                holdsThroughout(before.row, row) &&
                before.fits.every((fits, signal) => fits(patterns[signal])),
        )?.row;
        if (wider === undefined) return;
        throw refuseCell(table, row, 'priority', {
            what: `${table.file} has a rule that can never match: ${filled(row, 'rule_id')}.`,
            expected: `less than ${filled(wider, 'priority')}, because ${filled(wider, 'rule_id')} (line ${wider.line}) takes all that it fits`,
            fix: 'give it a lower priority, or take it out',
        });
    });
}

function comesFirst(left: RuleRow, right: RuleRow): number {
    const difference = Number(filled(left, 'priority')) - Number(filled(right, 'priority'));
    if (difference !== 0) return difference;
    return filled(left, 'rule_id') < filled(right, 'rule_id') ? -1 : 1;
}

function holdsThroughout(wide: RuleRow, narrow: RuleRow): boolean {
    const open = '9999-12-31';
    return (
        filled(wide, 'valid_from') <= filled(narrow, 'valid_from') &&
        (wide.cells.valid_to ?? open) >= (narrow.cells.valid_to ?? open)
    );
}

/** Makes the question whether `outer` fits whatever another pattern fits; in doubt, no. */
function fitsOf(outer: string | undefined): (inner: string | undefined) => boolean {
    if (outer === undefined) return () => true;
    const isAny = /^%+$/.test(outer);
    const source = outer
        .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
        .replaceAll('%', '.*')
        .replaceAll('_', '[^%]');
    const whole = new RegExp(`^${source}$`, 's');
    return (inner) => {
        if (outer === inner) return true;
        if (inner === undefined) return isAny;
        return ![outer, inner].some((one) => one.startsWith('[')) && whole.test(inner);
    };
}

/** A pattern as the models compare it: see macros/attribution/channel_signal.sql. */
function readPattern(row: RuleRow, signal: Signal): string | undefined {
    const cell = row.cells[signal];
    if (cell === null || cell === undefined) return undefined;
    const text = cell.trim().toLowerCase();
    if (text.startsWith('[') && hasCategories(signal)) return text;
    if (signal === 'referrer_host') {
        return /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:www[.])?([^/:?#]*)/.exec(text)?.[1] ?? '';
    }
    const words = text.replaceAll(/[ -]/g, '_');
    return signal === 'click_id' ? words.slice(0, 6) : words;
}

const hasCategories = (signal: Signal) => signal === 'utm_source' || signal === 'referrer_host';
