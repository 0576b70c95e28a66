import type { Words } from '../../dashboards/messages/words.ts';

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
}

/** A stretch of lines and what they come to. */
export interface LineSum {
    readonly kind: 'earned' | 'adjustments' | 'payable';
    /** Places of the first and the last line, from 0. */
    readonly from: number;
    readonly to: number;
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

/** A statement in words, ready to be laid out. */
export interface StatementDocument {
    readonly title: string;
    /** What stands across a statement that nobody has signed. */
    readonly mark: string | undefined;
    readonly company: string;
    readonly language: string;
    readonly facts: readonly (readonly [name: string, value: string])[];
    readonly columns: Readonly<
        Record<'line' | 'value' | 'target' | 'attainment' | 'factor' | 'amount', string>
    >;
    readonly lines: readonly StatementLine[];
    readonly sums: readonly (LineSum & { readonly label: string })[];
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
        ],
        columns: {
            line: words.say('pay.page.line'),
            value: words.say('pay.page.value'),
            target: words.say('pay.page.target'),
            attainment: words.say('pay.page.attainment'),
            factor: words.say('pay.page.factor'),
            amount: words.say('pay.file.amount', { currency: statement.currency_code }),
        },
        lines: statement.lines,
        sums: statement.sums.map((one) => ({
            ...one,
            label: words.say('pay.file.sum', { kind: one.kind }),
        })),
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
