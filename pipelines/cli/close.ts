import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { type Command, Option } from 'commander';
import { count } from '../count.ts';
import { folderDisk } from '../disk.ts';
import { ConfigError } from '../errors.ts';
import {
    type Actor,
    type Outcome,
    payPeriod,
    previewPeriod,
    reopenPeriod,
    signPeriod,
} from '../finance/close.ts';
import type { ComputedPay } from '../finance/computed.ts';
import type { Manifest } from '../finance/entry.ts';
import { type Ledger, readLedger } from '../finance/ledger.ts';
import { listPeriods, type Period, signatureOf } from '../finance/periods.ts';
import { restoreBackup, writeBackup } from '../run/backup.ts';
import { checkRules, disputesOf } from '../run/check-rules.ts';
import { type CloseMatter, readCloseMatter } from '../run/close.ts';
import { withLock } from '../run/lock.ts';
import { keepStatePrivate } from '../run/private-state.ts';
import { writeAccruals } from './accruals.ts';
import { asTable } from './as-table.ts';
import type { Context } from './context.ts';
import { writePayroll } from './payroll.ts';
import { describeReconciliation } from './reconcile.ts';
import { type StatementOptions, writeStatements } from './statements.ts';

interface CloseOptions {
    readonly sign?: true;
    readonly pay?: true;
    readonly reopen?: true;
    readonly by?: string;
    readonly on?: string;
    readonly reason?: string;
    readonly waive?: readonly string[];
    readonly json?: true;
    readonly wait: number;
}

/** Does one thing with a company and returns what to print. */
type Run = (work: (context: Context) => Promise<string>) => Promise<void>;

const list = (value: string) => value.split(',').map((one) => one.trim());

/** Adds `close`: the state of months, their signature, and the check of what was signed. */
export function addCloseCommands(program: Command, run: Run): void {
    const close = program
        .command('close')
        .description('sign a month of pay, once for good: its state, checks, signature and payment')
        .usage('[month] [--sign|--pay|--reopen] | verify | plans <month>');
    close
        .command('month', { isDefault: true })
        .description('state and checks of months; sign, pay or reopen one (close month --help)')
        .argument('[month]', 'such as 2026-09; left out, all months')
        .option('--sign', 'sign every statement of the month into the ledger')
        .option('--pay', 'note that the signed month was paid out')
        .option('--reopen', 'take the last signature back, with --reason')
        .option('--by <person>', 'who does it')
        .option('--on <day>', 'with --pay: the day of payment (default: today)')
        .option('--waive <checks>', 'with --sign: checks to answer for, with commas', list)
        .option('--reason <words>', 'why a month is reopened or a check is waived')
        .option('--json', 'as JSON')
        .addOption(
            new Option('--wait <seconds>', 'how long to wait for another run')
                .default(10)
                .argParser(Number),
        )
        .action((month: string | undefined, options: CloseOptions) =>
            run((context) => closeMonth(context, month, options)),
        );
    close
        .command('verify')
        .description('check every byte of what was signed against its hashes')
        .option('--head <hash>', 'hash of the last entry as it was printed when that was made')
        .action(({ head }: { head?: string }) => run(async (context) => verify(context, head)));
    const stamp = () => new Date().toISOString();
    close
        .command('backup')
        .argument('<folder>', 'a new folder')
        .description('copy the ledger, what ad platforms were told and the warehouse, together')
        .action((folder: string) =>
            run((context) =>
                withLedger(context, 10, async () => {
                    const { config, paths } = context;
                    const { files, head } = await writeBackup(config, paths, folder, stamp());
                    return `${count(files.length, 'file')} in ${folder}\nhead: ${head}\n`;
                }),
            ),
        );
    close
        .command('restore')
        .argument('<folder>', 'a folder that backup has written')
        .description('put back what a backup holds; the folders it replaces are kept beside')
        .action((folder: string) =>
            run((context) =>
                withLedger(unopened(context), 10, async () => {
                    const { config, paths } = context;
                    const { backup, replaced } = await restoreBackup(
                        config,
                        paths,
                        folder,
                        stamp(),
                    );
                    const beside = replaced.map((one) => `what was there before is ${one}\n`);
                    return `restored as of ${backup.at}\n${beside.join('')}head: ${backup.head}\n`;
                }),
            ),
        );
    close
        .command('disputes')
        .description('list what payees object to, beside the signed lines it is about')
        .option('--json', 'as JSON')
        .action(({ json }: { json?: true }) => run((context) => describeDisputes(context, json)));
    close
        .command('reconcile')
        .argument('<month>', 'such as 2026-09')
        .option('--json', 'as JSON')
        .description('compare the month with CRM, accounting and what was signed, record by record')
        .action((month: string, { json }: { json?: true }) =>
            run((context) => describeReconciliation(context, assertMonth(month), json)),
        );
    close
        .command('payroll')
        .argument('<month>', 'a signed month, such as 2026-09')
        .requiredOption('--out <folder>', 'folder to write to')
        .description('write the file that payroll imports, in the columns of the config')
        .action((month: string, { out }: { out: string }) =>
            run((context) => writePayroll(context, assertMonth(month), out)),
        );
    close
        .command('statements')
        .argument('<month>', 'a signed month, such as 2026-09')
        .requiredOption('--out <folder>', 'folder to write to')
        .option('--payee <id>', 'only those of one person')
        .option('--provisional', 'of a month that is not signed: as it stands, marked as such')
        .description('write the statements as PDF and XLSX, with a manifest of hashes')
        .action((month: string, options: StatementOptions & { out: string }) =>
            run((context) => writeStatements(context, assertMonth(month), options)),
        );
    close
        .command('accruals')
        .argument('<month>', 'a signed month, such as 2026-09')
        .requiredOption('--out <folder>', 'folder to write to')
        .option('--provisional', 'of a month that is not signed: as it is computed')
        .description('write what is earned and not paid, and the deferral of incremental costs')
        .action((month: string, options: { out: string; provisional?: true }) =>
            run((context) => writeAccruals(context, assertMonth(month), options)),
        );
    close
        .command('plans')
        .argument('<month>', 'such as 2026-09')
        .description('print the words of the plans in force, and the hash payees agree to')
        .action((month: string) =>
            run(async (context) => {
                const { plans } = await readMatter(context, assertMonth(month));
                return plans.map(({ text, hash }) => `${text}words_hash ${hash}\n`).join('\n');
            }),
        );
}

async function closeMonth(
    context: Context,
    month: string | undefined,
    options: CloseOptions,
): Promise<string> {
    const acts = (['sign', 'pay', 'reopen'] as const).filter((act) => options[act]);
    if (acts.length > 1)
        throw usage('Only one of --sign, --pay and --reopen can be done at a time.');
    const [act] = acts;
    if (month === undefined) {
        if (act) throw usage(`--${act} needs a month.`);
        return describeMonths(context, options.json ?? false);
    }
    assertMonth(month);
    if (act === undefined) return describeMonth(context, month, options);
    const { by } = options;
    if (!by) throw usage(`--${act} needs --by, the person who does it.`);
    const actor: Actor = {
        company: context.config.company.id,
        by,
        account: `${userInfo().username}@${hostname()}`,
        at: new Date().toISOString(),
    };
    return withLedger(context, options.wait, async () =>
        describeOutcome(await actOn(context, month, act, options, actor)),
    );
}

/** One writer of the ledger at a time, and none while a run works on the marts. */
function withLedger(
    { config, paths }: Pick<Context, 'config' | 'paths'>,
    wait: number,
    work: () => Promise<string>,
): Promise<string> {
    keepStatePrivate(paths);
    const own = { directory: `${config.ledger}.lock`, warehouse: '' };
    return withLock(own, wait, () => withLock(paths, wait, work));
}

/** A warehouse that is broken must not keep its backup out. */
const unopened = ({ config, paths }: Context) => ({ config, paths: { ...paths, warehouse: '' } });

async function actOn(
    context: Context,
    month: string,
    act: 'sign' | 'pay' | 'reopen',
    options: CloseOptions,
    actor: Actor,
): Promise<Outcome> {
    const disk = folderDisk(context.config.ledger);
    if (act === 'pay') return payPeriod(disk, month, assertDay(options.on ?? today()), actor);
    const reason = options.reason?.trim();
    if (act === 'reopen') {
        if (!reason) throw usage('--reopen needs --reason "...".');
        return reopenPeriod(disk, month, reason, actor);
    }
    const waived = options.waive ?? [];
    if (waived.length > 0 && !reason) throw usage('--waive needs --reason "...".');
    const question = {
        period: month,
        ledger: readLedger(disk),
        waivers: waived.map((check) => ({ check, reason: reason ?? '' })),
        approver: actor.by,
    };
    // What is signed needs no marts to stay signed: they may be gone.
    const known = signatureOf(question.ledger, month);
    if (known) return { entry: known, isDone: true };
    const { pay, rules, words } = await readMatter(context, month);
    return signPeriod(disk, { ...question, pay, rules }, words, actor);
}

function readMatter({ config, paths }: Context, month: string): Promise<CloseMatter> {
    return readCloseMatter(config, paths, month, today());
}

const today = () => new Date().toISOString().slice(0, 10);

function assertMonth(month: string): string {
    if (/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return month;
    throw usage(`${month} is no month; write it like 2026-09.`);
}

function assertDay(day: string): string {
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));
    if (isDay && new Date(day).toISOString().startsWith(day)) return day;
    throw usage(`${day} is no day; write it like 2026-10-10.`);
}

function usage(what: string): ConfigError {
    return new ConfigError({ what, fix: 'npx jointly close --help shows what there is' });
}

function describeOutcome({ entry, isDone }: Outcome): string {
    const totals = entry.totals.map((one) => `${one.payable_amount} ${one.currency_code}`);
    const lines = [
        `${entry.period} ${isDone ? 'was already' : 'is'} ${entry.action} by ${entry.by}` +
            (entry.paid_on ? ` on ${entry.paid_on}` : ''),
        ...(totals.length > 0 ? [`payable: ${totals.join(', ')}`] : []),
        `head of the ledger after it: ${entry.hash}`,
    ];
    return `${lines.join('\n')}\n`;
}

function describeWho(entry: Pick<Manifest, 'action' | 'by' | 'at' | 'reason'> | undefined): string {
    if (entry === undefined) return '';
    const reason = entry.reason ? `: ${entry.reason}` : '';
    return `${entry.action} by ${entry.by}, ${entry.at.slice(0, 10)}${reason}`;
}

/** Every month with its state. */
function periodsOf(ledger: Ledger, pay: ComputedPay): readonly Period[] {
    const isOver = (month: string) =>
        (pay.checks.get(month) ?? []).some(
            ({ check, result }) => check === 'month_over' && result === 'ok',
        );
    return listPeriods(ledger, pay.months, isOver);
}

const noPay: ComputedPay = {
    dataAsOf: null,
    months: [],
    yearStarts: new Map(),
    statements: [],
    checks: new Map(),
};

async function describeMonths(context: Context, isJson: boolean): Promise<string> {
    const ledger = readLedger(folderDisk(context.config.ledger));
    // Without a warehouse the ledger still says what was signed.
    const pay = existsSync(context.paths.warehouse)
        ? (await readMatter(context, today().slice(0, 7))).pay
        : noPay;
    const periods = periodsOf(ledger, pay).map(({ period, state, ...own }) => ({
        period,
        state,
        payees: pay.statements.filter((one) => one.period === period).length,
        payable: own.signature?.totals ?? [],
        last: own.last
            ? { by: own.last.by, at: own.last.at, action: own.last.action, reason: own.last.reason }
            : null,
    }));
    if (isJson) {
        return `${JSON.stringify({ schema_version: 1, head: ledger.head, periods }, null, 2)}\n`;
    }
    return asTable([
        ['month', 'state', 'payees', 'signed for', 'last act'],
        ...periods.map((one) => [
            one.period,
            one.state,
            String(one.payees),
            one.payable.map((sum) => `${sum.payable_amount} ${sum.currency_code}`).join(', '),
            describeWho(one.last ?? undefined),
        ]),
    ]);
}

async function describeMonth(
    context: Context,
    month: string,
    { by, json }: CloseOptions,
): Promise<string> {
    const ledger = readLedger(folderDisk(context.config.ledger));
    const isMonth = ({ period }: Period) => period === month;
    const signed = signatureOf(ledger, month) && periodsOf(ledger, noPay).find(isMonth);
    const entry = signed?.last;
    if (signed?.signature && entry) {
        const lines = signed.signature.signedLines;
        if (json) {
            return `${JSON.stringify({ schema_version: 1, period: month, state: signed.state, lines }, null, 2)}\n`;
        }
        return [
            `${month} is ${describeWho(signed.signature)}${entry.paid_on ? `, paid on ${entry.paid_on}` : ''}\n`,
            ...signed.signature.waivers.map((one) => `waived ${one.check}: ${one.reason}\n`),
            asTable([
                ['payee', 'payable', 'currency'],
                ...lines
                    .filter((line) => line.line_type === 'total')
                    .map((line) => [line.payee_id, line.amount, line.currency_code]),
            ]),
        ].join('');
    }
    const { pay, rules, words } = await readMatter(context, month);
    const question = { period: month, ledger, pay, rules, approver: by, waivers: [] };
    const { checks, adjustments } = previewPeriod(question, words);
    const { state, last } = periodsOf(ledger, pay).find(isMonth) ?? { state: 'open' };
    if (json) {
        return `${JSON.stringify({ schema_version: 1, period: month, state, checks, adjustments }, null, 2)}\n`;
    }
    const blockers = checks.filter(({ result }) => result === 'blocks');
    const rows = blockers.flatMap((one) =>
        one.rows ? [`rows of ${one.check}: ${one.rows}\n`] : [],
    );
    return [
        `${month} is ${last ? describeWho(last) : state}; ${count(blockers.length, 'check')} in the way\n\n`,
        asTable([
            ['check', 'result', 'what must hold', 'why'],
            ...checks.map((one) => [one.check, one.result, one.label, one.explanation]),
        ]),
        ...[...new Set(rows)],
        adjustments.length === 0 ? '' : '\nadjustments of signed months\n',
        adjustments.length === 0
            ? ''
            : asTable([
                  ['payee', 'corrects', 'amount', 'currency', 'line', 'why'],
                  ...adjustments.map((one) => [
                      one.payee_id,
                      one.corrects_period,
                      one.amount,
                      one.currency_code,
                      one.label ?? '',
                      words.explain(one),
                  ]),
              ]),
    ].join('');
}

async function describeDisputes({ config, paths }: Context, isJson = false): Promise<string> {
    const disputes = disputesOf(config, await checkRules(config, paths.seeds), today());
    if (isJson) return `${JSON.stringify({ schema_version: 1, disputes }, null, 2)}\n`;
    if (disputes.length === 0) return 'nobody objects: incentives/disputes.csv has no row\n';
    return asTable([
        [
            ...['dispute', 'payee', 'month', 'line', 'amount', 'cause', 'raised', 'state'],
            ...['deadline', 'decision'],
        ],
        ...disputes.map((one) => [
            one.dispute_id,
            one.payee_id,
            one.period,
            `${one.line_number ?? ''} ${one.label ?? ''}`.trim(),
            `${one.amount} ${one.currency_code}`,
            one.cause,
            `${one.opened_on}${one.is_late ? ` (late: until ${one.object_until})` : ''}`,
            one.state,
            one.deadline,
            one.verdict ? `${one.verdict} by ${one.author_id}, ${one.decided_on}` : '',
        ]),
    ]);
}

function verify({ config }: Context, head: string | undefined): string {
    const ledger = readLedger(folderDisk(config.ledger));
    const known = [ledger.head, ...ledger.entries.map(({ hash }) => hash)];
    if (head !== undefined && !known.includes(head)) {
        throw new ConfigError({
            what: 'The ledger does not contain the entry with this hash: its end was taken away or written anew.',
            file: config.ledger,
            expected: `an entry with hash ${head}`,
            got: `${count(ledger.entries.length, 'record')}, the last ${ledger.head}`,
            fix: 'put the whole ledger folder back from a backup',
        });
    }
    const lines = ledger.entries.reduce((sum, one) => sum + one.signedLines.length, 0);
    return [
        `${count(ledger.entries.length, 'record')} and ${count(lines, 'line')} are as they were signed\n`,
        ...ledger.leftovers.map(
            (name) => `${name} is of an interrupted signature, and counts for nothing\n`,
        ),
        `head: ${ledger.head}\n`,
    ].join('');
}
