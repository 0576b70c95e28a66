import { nearest } from '../nearest.ts';
import { filled, type RuleRow, type RuleTable, refuseCell } from './rule-table.ts';
import { holdTogether } from './validity.ts';

/** Bands that models read by name. */
const namedBands: Readonly<Record<string, readonly string[]>> = {
    qualification: ['qualified', 'not_qualified'],
    bant: ['passed', 'failed'],
};

/**
 * Checks that a band can be told from others and bears a name models read.
 * @throws ContractError for the first cell that does not fit
 */
export function checkScoreBand(bands: RuleTable, row: RuleRow): void {
    checkName(bands, row);
    checkSupply(bands, row);
    checkMinimum(bands, row);
}

function checkName(table: RuleTable, row: RuleRow): void {
    const set = filled(row, 'rule_set');
    const names = namedBands[set];
    const band = filled(row, 'band');
    if (!names || names.includes(band)) return;
    const guess = nearest(band, names);
    throw refuseCell(table, row, 'band', {
        what: `${table.file} has a band of ${set} that nothing reads.`,
        expected: `one of ${names.join(', ')}`,
        fix: guess ? `did you mean ${guess}?` : 'correct the band',
    });
}

function checkSupply(table: RuleTable, row: RuleRow): void {
    if (row.cells.rule_set === 'tier' || (row.cells.supply_points ?? null) === null) return;
    throw refuseCell(table, row, 'supply_points', {
        what: `${table.file} counts a band that is no tier toward the supply marketing owes.`,
        expected: 'an empty cell, except for bands of tier',
        fix: 'empty the cell',
    });
}

/** Personas are chosen by name; of all other bands the one with the highest minimum holds. */
function checkMinimum(table: RuleTable, row: RuleRow): void {
    if (row.cells.rule_set === 'persona') return;
    const minimum = Number(row.cells.minimum_points);
    const twin = table.rows.find(
        (other) =>
            other.line < row.line &&
            other.cells.rule_set === row.cells.rule_set &&
            Number(other.cells.minimum_points) === minimum &&
            holdTogether(other, row),
    );
    if (!twin) return;
    throw refuseCell(table, row, 'minimum_points', {
        what: `${table.file} begins two bands of ${filled(row, 'rule_set')} at the same points.`,
        expected: `another minimum than line ${twin.line}, band ${filled(twin, 'band')}`,
        fix: 'let each band begin at points of its own',
    });
}

/**
 * Checks that the points of a version lead to bands.
 * @throws ContractError for a version that lacks one
 */
export function checkBandsOfVersion(versions: RuleTable, version: RuleRow, bands: RuleTable): void {
    const set = filled(version, 'rule_set');
    const inForce = new Set(
        bands.rows
            .filter((band) => band.cells.rule_set === set && holdTogether(band, version))
            .map((band) => band.cells.band),
    );
    const missing = namedBands[set]?.find((name) => !inForce.has(name));
    if (inForce.size > 0 && missing === undefined) return;
    throw refuseCell(versions, version, 'rule_version', {
        what: `${versions.file} has a version of ${set} whose points lead to no band${missing ? ` ${missing}` : ''}.`,
        expected: `a row for ${missing ?? set} in lead_quality/score_bands.csv, in force in the version`,
        fix: 'add the band, or take the version out',
    });
}

/**
 * Checks that a rule of persona says which persona, one with a band, and no other rule does.
 * @throws ContractError for a missing, needless or unknown persona
 */
export function checkOutcome(table: RuleTable, row: RuleRow, bands: RuleTable): void {
    const isPersona = row.cells.rule_set === 'persona';
    const outcome = row.cells.outcome ?? null;
    if (!isPersona && outcome === null) return;
    if (!isPersona || outcome === null) {
        throw refuseCell(table, row, 'outcome', {
            what: isPersona
                ? `${table.file} has a rule of persona that does not say which persona.`
                : `${table.file} names a buyer persona outside the rules of persona.`,
            expected: isPersona ? 'the buyer persona the points count for' : 'an empty cell',
            fix: isPersona ? 'name the persona' : 'empty the cell',
        });
    }
    const personas = bands.rows.filter((band) => band.cells.rule_set === 'persona');
    if (personas.some((band) => band.cells.band === outcome && holdTogether(band, row))) return;
    const names = [...new Set(personas.map((band) => filled(band, 'band')))];
    const guess = nearest(outcome, names);
    throw refuseCell(table, row, 'outcome', {
        what: `${table.file} gives points to a persona that has no band in force.`,
        expected: names.length > 0 ? `one of ${names.join(', ')}` : 'a band of persona',
        fix: guess
            ? `did you mean ${guess}?`
            : 'add the persona to lead_quality/score_bands.csv with its least points',
    });
}
