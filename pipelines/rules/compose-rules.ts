import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { glob } from 'tinyglobby';
import { type Config, projectRoot } from '../config.ts';
import { isReference, type RuleContract } from '../contracts/rule.ts';
import { rules } from '../contracts/rules/registry.ts';
import { ConfigError, ContractError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { checkAttribution } from './check-attribution.ts';
import { checkChannelRules } from './check-channel-rules.ts';
import { checkCompany } from './check-company.ts';
import { checkKpiSides } from './check-kpi-sides.ts';
import { checkLeadQuality } from './check-lead-quality.ts';
import { checkLimits } from './check-limits.ts';
import { checkNames } from './check-names.ts';
import { checkPayVersions } from './check-pay-versions.ts';
import { checkPlanComponents } from './check-plan-components.ts';
import { checkPlans } from './check-plans.ts';
import { checkPools } from './check-pools.ts';
import { checkReferences } from './check-references.ts';
import { checkRule } from './check-rule.ts';
import { checkService } from './check-service.ts';
import { checkTiers } from './check-tiers.ts';
import type { RuleRow, RuleTable, RuleTables } from './rule-table.ts';

const builtIn = join(projectRoot, 'seeds');
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const propertiesFile = '_rules.yml';

/** What rule files have to say together, once each is sound by itself. */
const checks: readonly ((tables: RuleTables) => void)[] = [
    checkKpiSides,
    checkNames,
    checkChannelRules,
    checkReferences,
    checkCompany,
    checkLimits,
    checkAttribution,
    checkService,
    checkLeadQuality,
    checkPlans,
    checkPlanComponents,
    checkTiers,
    checkPayVersions,
    checkPools,
];

/**
 * Checks the rules of a company and writes the folder dbt seeds from: its own files first, the
 * product's defaults for reference files, an empty table for anything else. The folder is
 * rewritten only when something differs.
 * @returns the rules by the name of their file
 * @throws ContractError naming file, line and column; ConfigError for a file nobody reads
 */
export async function composeRules(config: Config, directory: string): Promise<RuleTables> {
    if (config.rules) await assertKnownFiles(config.rules);
    const files = new Map<string, string>();
    const tables = new Map<string, RuleTable>();
    for (const contract of rules) {
        const name = `${contract.file}.csv`;
        const file = findRule(config.rules, contract);
        const content = file ? readText(file) : header(contract);
        const rows = file ? await checkRule(contract, content, file) : [];
        if (file) tables.set(contract.file, { file, rows });
        files.set(name, hasAllColumns(contract, content) ? content : rewrite(contract, rows));
    }
    for (const check of checks) check(tables);
    files.set(propertiesFile, readFileSync(join(builtIn, propertiesFile), 'utf8'));
    await write(directory, files);
    return tables;
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

async function assertKnownFiles(folder: string): Promise<void> {
    const known = rules.map((contract) => `${contract.file}.csv`);
    for (const name of await glob('**/*.csv', { cwd: folder })) {
        if (known.includes(name)) continue;
        const guess = nearest(name, known);
        throw new ConfigError({
            what: `${join(folder, name)} is no rule file of the product.`,
            ...(guess ? { why: `the nearest name is ${guess}` } : {}),
            fix: `rename it, or take it out; rule files are ${known.join(', ')}`,
        });
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
