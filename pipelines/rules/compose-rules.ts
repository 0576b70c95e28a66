import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { glob } from 'tinyglobby';
import { type Config, projectRoot } from '../config.ts';
import { isReference, type RuleContract } from '../contracts/rule.ts';
import { rules } from '../contracts/rules/registry.ts';
import { ConfigError, ContractError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { accountingChecks } from './check-accounting.ts';
import { checkAttribution } from './check-attribution.ts';
import { checkChannelRules } from './check-channel-rules.ts';
import { commissionChecks } from './check-commissions.ts';
import { companyChecks } from './check-company.ts';
import { disputeChecks } from './check-disputes.ts';
import { kpiSideCheck } from './check-kpi-sides.ts';
import { leadQualityChecks } from './check-lead-quality.ts';
import { checkLimits } from './check-limits.ts';
import { nameChecks } from './check-names.ts';
import { payTermChecks } from './check-pay-terms.ts';
import { payVersionChecks } from './check-pay-versions.ts';
import { planComponentChecks } from './check-plan-components.ts';
import { planChecks } from './check-plans.ts';
import { poolChecks } from './check-pools.ts';
import { referenceChecks } from './check-references.ts';
import { checkRule } from './check-rule.ts';
import { serviceChecks } from './check-service.ts';
import { tierChecks } from './check-tiers.ts';
import { waiverCheck } from './check-waivers.ts';
import type { RuleCheck, RuleRow, RuleTable, RuleTables } from './rule-table.ts';
import { failureOf, runChecks } from './run-checks.ts';
import { fiscalCalendar } from './validity.ts';

const builtIn = join(projectRoot, 'seeds');
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const propertiesFile = '_rules.yml';

/** What rule files have to say together, once each is sound by itself. */
const checks: readonly RuleCheck[] = [
    kpiSideCheck,
    ...nameChecks,
    checkChannelRules,
    ...referenceChecks,
    ...companyChecks,
    checkLimits,
    checkAttribution,
    ...serviceChecks,
    ...leadQualityChecks,
    ...planChecks,
    ...planComponentChecks,
    ...tierChecks,
    ...commissionChecks,
    ...payVersionChecks,
    ...poolChecks,
    ...payTermChecks,
    ...disputeChecks,
    ...accountingChecks,
];

/**
 * Checks the rules of a company and writes the folder dbt seeds from: its own files first, the
 * product's defaults for reference files, an empty table for anything else. The folder is
 * rewritten only when something differs.
 * @returns the rules by the name of their file
 * @throws ConfigError that names file, line and column of the first mistake of each file
 */
export async function composeRules(config: Config, directory: string): Promise<RuleTables> {
    const files = new Map<string, string>();
    const tables = new Map<string, RuleTable>();
    for (const contract of rules) {
        const name = `${contract.file}.csv`;
        const file = findRule(config.rules, contract);
        const written = file === undefined ? undefined : await readRule(contract, file);
        const rule = (await readShortForm(contract, config, written?.table)) ?? written;
        if (rule === undefined) {
            files.set(name, header(contract));
            continue;
        }
        const { content, table } = rule;
        files.set(name, content);
        tables.set(contract.file, table);
    }
    if (config.rules) await refuseUnknownFiles(config.rules, tables);
    const judged = runChecks([...checks, waiverCheck(config.inputs)], tables);
    const failures = [...judged.values()].flatMap(({ failure }) => failure ?? []);
    if (failures.length > 0) {
        throw new ConfigError({
            what: failures.map(({ message }) => message).join('\n'),
            cause: new AggregateError(failures),
        });
    }
    files.set(propertiesFile, readFileSync(join(builtIn, propertiesFile), 'utf8'));
    await write(directory, files);
    return judged;
}

/**
 * The rows of one rule file, for a step that needs no other.
 * @throws ContractError for its first mistake
 */
export async function readRuleRows(
    config: Config,
    contract: RuleContract,
): Promise<readonly RuleRow[]> {
    const file = findRule(config.rules, contract);
    return file === undefined ? [] : checkRule(contract, readText(file), file);
}

/** A rule file with what dbt seeds from it, or with what it is refused for. */
async function readRule(contract: RuleContract, file: string) {
    try {
        const text = readText(file);
        const rows = await checkRule(contract, text, file);
        const content = hasAllColumns(contract, text) ? text : rewrite(contract, rows);
        return { content, table: { file, rows } };
    } catch (error) {
        return { content: '', table: { file, rows: [], failure: failureOf(error) } };
    }
}

/** The one rule that the config may say in short: the month the fiscal year has always started in. */
async function readShortForm(contract: RuleContract, config: Config, written?: RuleTable) {
    const start = config.company.fiscal_year_starts;
    if (contract.file !== fiscalCalendar || start === undefined || written?.failure) return;
    if (written !== undefined && written.rows.length > 0) {
        throw new ConfigError({
            what: 'The fiscal year is given twice.',
            file: config.file,
            column: 'company.fiscal_year_starts',
            expected: `nothing, because ${written.file} says it`,
            got: `'${start}'`,
            fix: `take fiscal_year_starts out of the config, or delete ${written.file}`,
        });
    }
    const month = start.padStart(2, '0');
    const content = `${header(contract)}${Number(month)},calendar,2000-${month}-01,\n`;
    const rows = await checkRule(contract, content, config.file);
    return { content, table: { file: config.file, rows } };
}

function findRule(folder: string | undefined, contract: RuleContract): string | undefined {
    const name = `${contract.file}.csv`;
    const places = [
        ...(folder ? [join(folder, name)] : []),
        ...(isReference(contract) ? [join(builtIn, name)] : []),
    ];
    return places.find((place) => existsSync(place));
}

/** @throws ContractError for text that is not UTF-8, with the first line of it */
function readText(file: string): string {
    const bytes = readFileSync(file);
    try {
        return decoder.decode(bytes);
    } catch (error) {
        const lines = bytes.toString('utf8').split('\n');
        const at = lines.findIndex((line) => line.includes('\uFFFD'));
        throw new ContractError({
            what: `${file} is not written in UTF-8.`,
            file,
            line: at + 1,
            expected: 'UTF-8 text',
            got: `'${lines[at]?.trim()}'`,
            fix: 'save it as UTF-8 (in Excel: CSV UTF-8)',
            cause: error,
        });
    }
}

function header(contract: RuleContract): string {
    return `${contract.columns.map((column) => column.name).join(',')}\n`;
}

function hasAllColumns(contract: RuleContract, content: string): boolean {
    const names = content.split('\n', 1)[0]?.split(',').length;
    return names === contract.columns.length;
}

/** The rows with every column of the contract, which dbt asks for. */
function rewrite(contract: RuleContract, rows: readonly RuleRow[]): string {
    const cell = (row: RuleRow, name: string) => {
        const value = row.cells[name];
        return value ? `"${value.replaceAll('"', '""')}"` : '';
    };
    const lines = rows.map((row) => contract.columns.map((one) => cell(row, one.name)).join(','));
    return [header(contract), ...lines.map((line) => `${line}\n`)].join('');
}

/** A file nobody reads is refused in the place of the one that was probably meant. */
async function refuseUnknownFiles(folder: string, tables: Map<string, RuleTable>): Promise<void> {
    const known = rules.map((contract) => `${contract.file}.csv`);
    for (const name of await glob('**/*.csv', { cwd: folder })) {
        if (known.includes(name)) continue;
        const file = join(folder, name);
        const guess = nearest(name, known);
        const failure = new ConfigError({
            what: `${file} is no rule file of the product.`,
            ...(guess ? { why: `the nearest name is ${guess}` } : {}),
            fix: `rename it, or take it out; rule files are ${known.join(', ')}`,
        });
        const meant = guess?.replace(/\.csv$/, '') ?? name;
        tables.set(tables.get(meant)?.failure ? name : meant, { file, rows: [], failure });
    }
}

async function write(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
    mkdirSync(directory, { recursive: true });
    for (const name of await glob('**', { cwd: directory })) {
        if (!files.has(name)) rmSync(join(directory, name));
    }
    for (const [name, content] of files) {
        const file = join(directory, name);
        if (existsSync(file) && readFileSync(file, 'utf8') === content) continue;
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
    }
}
