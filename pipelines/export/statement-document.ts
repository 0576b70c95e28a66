import type { Words } from '../../dashboards/messages/words.ts';

/** A deal behind a line: what counts of it and its share of the amount, or why it does not count. */
export interface StatementDeal {
    readonly kind: string;
    readonly deal_id: string | null;
    readonly client: string | null;
    readonly counted_on: string | null;
    readonly deal_count: number;
    readonly counted_amount: string | null;
    readonly rate: string | null;
    readonly amount: string | null;
}

/** What the payee objects to, and what became of it. */
export interface StatementDispute {
    readonly line_number: string | null;
    readonly label: string | null;
    readonly cause: string;
    readonly objection: string;
    readonly deadline: string;
    readonly verdict: string | null;
    readonly author_id: string | null;
    readonly decided_on: string | null;
}

/** A line of a statement, as it is signed or would be. */
export interface StatementLine {
    readonly line_number: number;
    readonly line_type: string;
    readonly label: string | null;
    readonly explanation: string | null;
    readonly value: string | null;
    readonly target: string | null;
    readonly attainment: string | null;
    readonly factor: string | null;
    readonly amount: string;
    readonly kpi?: string | null;
    readonly scope_id?: string | null;
    readonly deals?: readonly StatementDeal[] | undefined;
    /** Value and target with their unit, in words. */
    readonly measured?: string | undefined;
    /** What is held back of its deals until clients pay. */
    readonly held?: string | undefined;
}

/** A stretch of lines and what they come to. */
export interface LineSum {
    readonly kind: 'earned' | 'adjustments' | 'payable';
    /** Places of the first and the last line, from 0. */
    readonly from: number;
    readonly to: number;
    readonly amount: string;
}

/** A line beside the same one of the statement before; either may be lacking. */
export interface ChangedLine {
    readonly change: string;
    readonly now: StatementLine | undefined;
    readonly before: StatementLine | undefined;
    readonly amount: string;
}

/** What a statement is made of. */
export interface Statement {
    readonly company: string;
    readonly language: string;
    readonly number_locale: string;
    readonly payee_id: string;
    readonly payee_name: string | null;
    readonly currency_code: string;
    /** First and last day of the month. */
    readonly from: string;
    readonly to: string;
    readonly head: Readonly<Record<string, string | null>>;
    /** Every line but the total. */
    readonly lines: readonly StatementLine[];
    readonly sums: readonly LineSum[];
    readonly disputes: readonly StatementDispute[];
    /** Names and units of KPIs by their id. */
    readonly kpis: ReadonlyMap<string, { readonly label: string; readonly unit: string }>;
    /** The payee's statement before, and what changed since; undefined where there is none. */
    readonly changes?:
        | { readonly period: string; readonly lines: readonly ChangedLine[] }
        | undefined;
    /** What is payable, as the ledger says. */
    readonly payable: string;
    /** Who signed it when, and in which entry of the ledger; undefined while nobody has. */
    readonly signature?:
        | {
              readonly number: string;
              readonly by: string;
              readonly at: string;
              readonly hash: string;
          }
        | undefined;
    /** Last day the data spoke for. */
    readonly data_as_of: string | null;
}

/** Deals in words, under the name of their line. */
export interface DealTable {
    readonly title: string;
    readonly note: string | undefined;
    readonly columns: Readonly<Record<'deal' | 'day' | 'counted' | 'rate' | 'amount', string>>;
    readonly rows: readonly {
        readonly deal: string;
        readonly day: string;
        readonly counted: string | null;
        readonly rate: string;
        readonly amount: string | null;
    }[];
    /** What the rows come to: a line of the statement, or what is held back. */
    readonly sum:
        | { readonly label: string; readonly amount: string; readonly isLine: boolean }
        | undefined;
}

/** What changed since the statement before; without rows where there is none before. */
export interface ChangeTable {
    readonly title: string;
    readonly note: string | undefined;
    readonly columns: Readonly<Record<'line' | 'before' | 'now' | 'change' | 'why', string>>;
    readonly rows: readonly {
        readonly line: string;
        readonly before: string;
        readonly now: string;
        readonly change: string;
        readonly why: string;
        readonly isTotal: boolean;
    }[];
}

export interface DisputeTable {
    readonly title: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
}

/** A statement in words, ready to be laid out. */
export interface StatementDocument {
    readonly title: string;
    /** What stands across a statement that nobody has signed. */
    readonly mark: string | undefined;
    readonly company: string;
    readonly language: string;
    readonly sheets: Readonly<Record<'statement' | 'deals', string>>;
    readonly facts: readonly (readonly [name: string, value: string])[];
    readonly columns: Readonly<
        Record<'line' | 'value' | 'target' | 'attainment' | 'factor' | 'amount', string>
    >;
    readonly lines: readonly StatementLine[];
    readonly sums: readonly (LineSum & { readonly label: string })[];
    /** The deals of each line that is counted from some, and the open ones. */
    readonly deals: readonly DealTable[];
    readonly changes: ChangeTable;
    readonly disputes: DisputeTable;
    readonly payable: string;
    readonly ledger: string;
    readonly difference: string;
    readonly signatures: readonly string[];
    readonly footer: string;
    readonly pageOf: (page: number, pages: number) => string;
    readonly amount: (amount: string) => string;
    readonly attainment: (attainment: string) => string;
    readonly factor: (factor: string) => string;
    /** A moment that only the content decides. */
    readonly at: Date;
}

/** Puts a statement into the words of the company. */
export function describeStatement(statement: Statement, words: Words): StatementDocument {
    const { head, signature, language, number_locale: locale, from, to } = statement;
    const { formats } = words;
    const languages = new Intl.DisplayNames([language], { type: 'language' });
    const payee = statement.payee_name ?? statement.payee_id;
    const state = signature ? 'signed' : 'provisional';
    const number = signature?.number ?? 'none';
    const day = (text: string) => text.slice(0, 10);
    const fact = (name: string, value: string | null | undefined) =>
        value === null || value === undefined || value === '' ? [] : [[name, value] as const];
    return {
        title: words.say('pay.file.title', { state, month: { period: 'month', start: from } }),
        mark: signature ? undefined : words.say('pay.file.mark'),
        company: statement.company,
        language,
        sheets: {
            statement: words.say('pay.page.statement'),
            deals: words.say('pay.page.deals'),
        },
        facts: [
            ...fact(words.say('pay.file.payee'), payee),
            ...fact(words.say('pay.file.payee_id'), statement.payee_id),
            ...fact(words.say('pay.file.number'), words.say('pay.file.number_of', { number })),
            ...fact(words.say('pay.file.period'), words.say('pay.dates', { dates: { from, to } })),
            ...fact(
                words.say('pay.file.plan'),
                head.plan_name &&
                    words.say('pay.file.plan_of', {
                        name: head.plan_name,
                        version: head.plan_version ?? null,
                        dates: head.plan_valid_from
                            ? { from: head.plan_valid_from, to: head.plan_valid_to ?? null }
                            : null,
                    }),
            ),
            ...fact(
                words.say('pay.file.target'),
                head.target_amount &&
                    formats.exactMoney(head.target_amount, statement.currency_code),
            ),
            ...fact(words.say('pay.file.currency'), statement.currency_code),
            ...fact(
                words.say('pay.file.language'),
                words.say('pay.file.language_of', {
                    language: languages.of(language) ?? language,
                    locale,
                }),
            ),
            ...fact(
                words.say('pay.page.signature'),
                words.say('pay.file.signed', {
                    state,
                    by: signature?.by ?? null,
                    day: signature ? { day: day(signature.at) } : null,
                    data_as_of: statement.data_as_of ? { day: day(statement.data_as_of) } : null,
                }),
            ),
            ...termFacts(statement, words).flatMap(([name, value]) => fact(name, value)),
        ],
        columns: {
            line: words.say('pay.page.line'),
            value: words.say('pay.page.value'),
            target: words.say('pay.page.target'),
            attainment: words.say('pay.page.attainment'),
            factor: words.say('pay.page.factor'),
            amount: words.say('pay.file.amount', { currency: statement.currency_code }),
        },
        lines: statement.lines.map((line) => explained(line, statement, words)),
        sums: statement.sums.map((one) => ({
            ...one,
            label: words.say('pay.file.sum', { kind: one.kind }),
        })),
        deals: dealTables(statement, words),
        changes: changeTable(statement, words),
        disputes: disputeTable(statement, words),
        payable: statement.payable,
        ledger: words.say('pay.file.in_ledger', { state }),
        difference: words.say('pay.file.difference'),
        signatures: (['payee', 'approver'] as const).map((who) =>
            words.say('pay.file.signature_line', {
                who,
                name: who === 'payee' ? payee : (signature?.by ?? null),
            }),
        ),
        footer: words.say('pay.file.footer', { number, hash: signature?.hash ?? null }),
        pageOf: (page, pages) => words.say('pay.file.page', { page, pages }),
        amount: (amount) => formats.number(amount, 2, 2),
        attainment: (attainment) => formats.attainment(attainment, 2),
        factor: (factor) => formats.number(factor, 4),
        at: new Date(signature?.at ?? `${day(statement.data_as_of ?? to)}T00:00:00Z`),
    };
}

/** The arithmetic of a line behind the name of its KPI and whose it is, such as the other department's. */
function explained(line: StatementLine, statement: Statement, words: Words): StatementLine {
    const { kpi = null, scope_id: scope = null, explanation, value, target, attainment } = line;
    if (kpi === null) return line;
    const name = words.say('pay.rule_kpi', {
        kpi: statement.kpis.get(kpi)?.label ?? kpi,
        scope: scope === statement.payee_id ? 'payee' : scope,
    });
    return {
        ...line,
        explanation: explanation ? `${name}: ${explanation}` : name,
        measured:
            value === null
                ? undefined
                : words.say('pay.file.measured', {
                      value: asMeasured(line, value, statement, { target, attainment }),
                      target: target === null ? null : asMeasured(line, target, statement),
                  }),
    };
}

/** A number of a line in the unit of its KPI; money to the cent. */
function asMeasured(
    { kpi = null }: StatementLine,
    value: string,
    { kpis, currency_code: currency }: Statement,
    compared: { readonly target: string | null; readonly attainment: string | null } = {
        target: null,
        attainment: null,
    },
) {
    const unit = kpis.get(kpi ?? '')?.unit ?? 'count';
    return unit === 'currency'
        ? { exact_money: value, currency }
        : { kpi: value, unit, ...compared };
}

/** What is stated of the plan, the year, payment and objections; old ledgers say nothing of it. */
function termFacts({ head, currency_code: currency, signature }: Statement, words: Words) {
    const asDay = (text: string | null | undefined) => (text ? { day: text.slice(0, 10) } : null);
    const money = (amount: string | null | undefined) =>
        amount ? words.formats.exactMoney(amount, currency) : null;
    if (head.year_start === undefined) return [];
    const isSigned = String(signature !== undefined);
    const of = (key: 'author' | 'agreed' | 'paid_on' | 'objections') =>
        words.say(`pay.page.${key}`);
    return [
        [of('author'), words.say('pay.terms.author', { by: head.plan_author_id ?? null })],
        [
            of('agreed'),
            words.say('pay.terms.agreed', { is_signed: isSigned, day: asDay(head.agreed_on) }),
        ],
        [
            words.say('pay.card.year', { currency }),
            words.say('pay.file.year', {
                earned: money(head.year_earned_amount),
                target: money(head.year_target_amount),
                since: asDay(head.year_start),
            }),
        ],
        [of('paid_on'), words.say('pay.terms.paid', { paid: null, day: asDay(head.pay_on) })],
        [
            of('objections'),
            words.say('pay.terms.object', {
                is_signed: isSigned,
                until: asDay(head.object_until),
                days: head.object_within_days ? Number(head.object_within_days) : null,
                to: head.object_to ?? null,
            }),
        ],
    ] as const;
}

function dealTables(statement: Statement, words: Words): readonly DealTable[] {
    const { currency_code: currency, lines } = statement;
    const { formats } = words;
    const columns = {
        deal: words.say('pay.page.deal'),
        day: words.say('pay.page.counted_on'),
        counted: words.say('pay.page.counted'),
        rate: words.say('pay.page.rate'),
        amount: words.say('pay.file.amount', { currency }),
    };
    const table = (
        title: string,
        deals: readonly StatementDeal[],
        kpi: string | null,
        more: Pick<DealTable, 'note' | 'sum'> & Partial<DealTable['columns']>,
    ): DealTable => ({
        note: more.note,
        sum: more.sum,
        title,
        columns: {
            ...columns,
            day: more.day ?? columns.day,
            counted: more.counted ?? columns.counted,
            // Nothing stands below the head of a column that no deal has a number for.
            rate: deals.some(({ rate }) => rate !== null) ? columns.rate : '',
            amount: deals.some(({ amount }) => amount !== null)
                ? (more.amount ?? columns.amount)
                : '',
        },
        rows: deals.map((deal) => ({
            deal: [
                words.say('pay.deal.name', {
                    kind: deal.kind,
                    client: deal.client,
                    deal: deal.deal_id,
                    count: deal.deal_count,
                }),
                // The title of open deals and of those held back says that they are.
                deal.kind === 'open' || deal.kind === 'held'
                    ? ''
                    : words.say('pay.deal.kind', { kind: deal.kind, reason: null }),
            ]
                .filter((text) => text !== '')
                .join(': '),
            day: deal.counted_on ? formats.day(deal.counted_on.slice(0, 10)) : '',
            counted: deal.counted_amount,
            rate: rateText(deal.rate, kpi),
            amount: deal.amount,
        })),
    });
    const rateText = (rate: string | null, kpi: string | null) => {
        if (rate === null) return '';
        if (kpi === 'won_deals') return formats.exactMoney(rate, currency);
        return formats.percent(rate, 4);
    };
    const titles = {
        others: words.say('pay.page.uncounted'),
        open: words.say('pay.page.open_deals'),
        held: words.say('pay.page.held'),
    };
    // Said once: it is the same of every line.
    let note: string | undefined = words.say('pay.page.deals_note');
    return lines.flatMap(({ deals, label, kpi = null, amount, held = '0.00' }) => {
        const name = label ?? '';
        const of = (kinds: readonly string[]) =>
            (deals ?? []).filter(({ kind }) => kinds.includes(kind));
        const others = (deals ?? []).filter(
            ({ kind }) => !['counted', 'open', 'held'].includes(kind),
        );
        const tables = [
            table(name, of(['counted']), kpi, {
                note,
                sum: { label: words.say('pay.deal.name', sumOfLine), amount, isLine: true },
            }),
            table(`${titles.others}: ${name}`, others, kpi, {
                note: undefined,
                sum: undefined,
                day: words.say('pay.page.uncounted_day'),
                counted: words.say('pay.page.would_count'),
            }),
            table(`${titles.held}: ${name}`, of(['held']), kpi, {
                note: words.say('pay.page.held_note'),
                sum: {
                    label: words.say('pay.page.held_sum'),
                    amount: held,
                    isLine: false,
                },
                day: words.say('pay.page.lapses_on'),
                counted: words.say('pay.page.outstanding'),
                amount: words.say('pay.page.held_amount'),
            }),
            table(`${titles.open}: ${name}`, of(['open']), kpi, {
                note: words.say('pay.page.open_deals_note'),
                sum: undefined,
                day: words.say('pay.page.opened'),
                counted: words.say('pay.page.would_count'),
                amount: words.say('pay.page.forecast'),
            }),
        ];
        if (tables[0]?.rows.length) note = undefined;
        return tables.filter(({ rows }) => rows.length > 0);
    });
}

const sumOfLine = { kind: 'sum', client: null, deal: null, count: 0 };

function changeTable(statement: Statement, words: Words): ChangeTable {
    const { changes } = statement;
    const columns = {
        line: words.say('pay.page.line'),
        before: words.say('pay.page.before'),
        now: words.say('pay.page.this_month'),
        change: words.say('pay.page.change'),
        why: words.say('pay.page.why'),
    };
    if (changes === undefined) {
        return {
            title: words.say('pay.file.changes'),
            note: words.say('pay.file.first'),
            columns,
            rows: [],
        };
    }
    return {
        title: words.say('pay.page.changes', {
            month: words.formats.period('month', `${changes.period}-01`),
        }),
        note: undefined,
        columns,
        rows: changes.lines.map((one) => ({
            line: (one.now ?? one.before)?.label ?? '',
            before: one.before?.amount ?? '0.00',
            now: one.now?.amount ?? '0.00',
            change: one.amount,
            why: whyChanged(one, statement, words),
            isTotal: (one.now ?? one.before)?.line_type === 'total',
        })),
    };
}

function whyChanged({ change, now, before }: ChangedLine, statement: Statement, words: Words) {
    if (now?.line_type === 'adjustment') return now.explanation ?? '';
    const measured = (line: StatementLine | undefined, of: 'value' | 'target') => {
        const number = line?.[of] ?? null;
        if (line === undefined || number === null) return null;
        return asMeasured(line, number, statement);
    };
    const factor = (line: StatementLine | undefined) =>
        line?.factor ? { number: line.factor, decimals: 4 } : null;
    return words.say('pay.change', {
        change,
        kpi: statement.kpis.get(now?.kpi ?? '')?.label ?? null,
        now: measured(now, 'value'),
        was: measured(before, 'value'),
        target_now: measured(now, 'target'),
        target_was: measured(before, 'target'),
        factor_now: factor(now),
        factor_was: factor(before),
    });
}

function disputeTable({ disputes }: Statement, words: Words): DisputeTable {
    const asDay = (text: string | null) => (text ? { day: text } : null);
    return {
        title: words.say('pay.page.disputes'),
        columns: [
            words.say('pay.page.about'),
            words.say('pay.page.cause'),
            words.say('pay.page.objection'),
            words.say('pay.page.decision'),
        ],
        rows: disputes.map((one) => [
            words.say('pay.dispute.about', {
                number: one.line_number ? Number(one.line_number) : null,
                label: one.label,
            }),
            words.say('pay.dispute.cause', { cause: one.cause }),
            one.objection,
            // Whether a deadline has passed depends on the day of printing: the day itself is enough.
            words.say('pay.dispute.state', {
                state: one.verdict ?? 'open',
                deadline: asDay(one.deadline),
                by: one.author_id,
                day: asDay(one.decided_on),
            }),
        ]),
    };
}
