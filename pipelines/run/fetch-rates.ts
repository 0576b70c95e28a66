import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { isCurrency } from '../contracts/columns.ts';
import { exchangeRates } from '../contracts/rules/reference.ts';
import { ConfigError } from '../errors.ts';
import { checkRule } from '../rules/check-rule.ts';
import { mergeRates, type RateCells } from '../rules/merge-rates.ts';
import { type Clock, systemClock } from '../sources/api/clock.ts';
import { addDays, dayIn } from '../sources/api/days.ts';
import { type BankName, banks, readRates } from '../sources/rates/banks.ts';

export interface FetchRatesOptions {
    readonly bank: string;
    readonly currencies: readonly string[];
    readonly from: string;
    /** Yesterday when left out: today's rate is not out everywhere. */
    readonly to?: string | undefined;
    /** Whether a rate holds from the day after the one the bank names. */
    readonly isNextDay?: boolean | undefined;
    /** Where the bank is reached, if not at its own address. */
    readonly address?: string | undefined;
    readonly clock?: Clock;
}

const shownKept = 10;
/** So many days before the first one are asked for, so that a holiday has a rate before it. */
const daysBefore = 14;

/**
 * Fills the company's file of exchange rates with those of a central bank.
 * @returns what was done, a line each
 * @throws ConfigError for a bank, currency or folder that is not there
 */
export async function fetchRates(
    config: Config,
    options: FetchRatesOptions,
): Promise<readonly string[]> {
    const { clock = systemClock, from } = options;
    const bank = bankOf(options.bank);
    const to = banks[bank].currency;
    const currencies = options.currencies.filter((currency) => currency !== to);
    if (currencies.length === 0) throw wrong(`a currency other than ${to}`, to);
    for (const currency of currencies) {
        if (!isCurrency(currency)) throw wrong('a currency of ISO 4217 such as USD', currency);
    }
    const until = options.to ?? addDays(dayIn(config.company.timezone, clock.now()), -1);
    if (!/^\d{4}-\d\d-\d\d$/.test(from) || from > until) {
        throw wrong(`--from with a day up to ${until}`, from);
    }
    const file = fileOf(config);
    const content = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const rows = content === '' ? [] : await checkRule(exchangeRates, content, file);
    const read = await readRates({
        bank,
        currencies,
        days: { from: addDays(from, -daysBefore), to: until },
        address: options.address,
        clock,
    });
    const published = options.isNextDay
        ? read.map((one) => ({ ...one, day: addDays(one.day, 1) }))
        : read;
    const merged = mergeRates({ rows, published, bank, to, currencies, from, until });
    const text = textOf(merged.rows);
    await checkRule(exchangeRates, text, file);
    write(file, text);
    return [
        `${file}: ${bank}, ${currencies.join(', ')} into ${to}, ${from} to ${until}`,
        ...(merged.carried > 0
            ? [
                  `${merged.carried} days of a currency without a rate have the last known one (is_carried)`,
              ]
            : []),
        ...(merged.unknown > 0
            ? [`${merged.unknown} days of a currency before its first rate stay unknown`]
            : []),
        ...merged.kept
            .slice(0, shownKept)
            .map(
                (one) =>
                    `kept as written: ${one.currency} on ${one.day} is ${one.written}; ${bank} says ${one.published}`,
            ),
        ...(merged.kept.length > shownKept
            ? [`kept as written: ${merged.kept.length - shownKept} more days of a currency`]
            : []),
    ];
}

function bankOf(name: string): BankName {
    const names = Object.keys(banks) as BankName[];
    const found = names.find((one) => one === name);
    if (found) return found;
    throw wrong(`one of ${names.join(', ')}`, name);
}

function wrong(expected: string, got: string): ConfigError {
    return new ConfigError({
        what: 'The rates cannot be fetched.',
        expected,
        got: `'${got}'`,
        fix: 'npx jointly rates --bank ecb --currencies USD,GBP --from 2026-01-01',
    });
}

function fileOf(config: Config): string {
    if (config.rules) return join(config.rules, `${exchangeRates.file}.csv`);
    throw new ConfigError({
        what: 'There is no folder for rates.',
        file: config.file,
        column: 'rules',
        expected: 'a folder for the rules of the company',
        got: 'nothing',
        fix: "add rules: 'rules' to the config",
    });
}

function textOf(rows: readonly RateCells[]): string {
    const names = exchangeRates.columns.map(({ name }) => name);
    const lines = rows.map((row) => names.map((name) => row[name] ?? '').join(','));
    return [names.join(','), ...lines].map((line) => `${line}\n`).join('');
}

/** Whole or not at all: a company converts its money by it. */
function write(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
}
