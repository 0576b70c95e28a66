import { assertBalance } from './balance.ts';
import { type Account, amountOf, documentOf, type Section } from './client-bank-document.ts';
import {
    cutOff,
    noExchange,
    noStatement,
    otherSection,
    unfinished,
    unknownLine,
} from './client-bank-errors.ts';
import { eachLine } from './each-line.ts';
import type { StatementReading } from './entry.ts';

const keys = /^([А-Яа-яЁё0-9]+)=(.*)$/;
const ends: Readonly<Record<string, string>> = {
    СекцияРасчСчет: 'КонецРасчСчет',
    СекцияДокумент: 'КонецДокумента',
};

/**
 * Reads a file that a bank wrote for 1C.
 * @throws ContractError or SourceError with the line that cannot be what it should
 */
export async function readClientBank(reading: StatementReading): Promise<void> {
    const { text, name: file, sink, checksBalance } = reading;
    const accounts = new Map<string, Account>();
    let section: Section | undefined;
    let isHeaded = false;
    let isOver = false;
    let hasBalances = false;

    const own = (number: string, line: number) => {
        const account = accounts.get(number) ?? {
            opening: undefined,
            closing: undefined,
            line,
            booked: 0n,
        };
        accounts.set(number, account);
        return account;
    };
    const close = (done: Section) => {
        if (done.kind === 'СекцияДокумент') documentOf(done, file, accounts, sink);
        else {
            hasBalances = true;
            addBalances(own(done.values.get('РасчСчет') ?? '', done.line), done, file);
        }
    };
    await eachLine(text, sink, (written, number) => {
        const line = written.trim();
        if (line === '' || isOver) return;
        if (!isHeaded) {
            if (line !== '1CClientBankExchange') throw noExchange(file, line, number);
            isHeaded = true;
            return;
        }
        const [, key, value = ''] = keys.exec(line) ?? [];
        if (line === 'КонецФайла' && section === undefined) isOver = true;
        else if (section && line === ends[section.kind]) {
            close(section);
            section = undefined;
        } else if (/^Секция/.test(line)) {
            const kind = key ?? line;
            if (section) throw unfinished(file, section);
            if (ends[kind] === undefined) throw otherSection(file, line, number);
            section = { line: number, kind, values: new Map([[kind, value]]), lastKey: undefined };
        } else if (key !== undefined) {
            if (section) {
                section.values.set(key, value.trim());
                section.lastKey = key;
            } else if (key === 'РасчСчет') own(value.trim(), number);
        } else if (section?.lastKey?.startsWith('НазначениеПлатежа')) {
            // The purpose is a text of several lines.
            const before = section.values.get(section.lastKey) ?? '';
            section.values.set(section.lastKey, `${before} ${line}`);
        } else throw unknownLine(file, line, number);
    });
    if (sink.isDone()) return;
    if (section) throw unfinished(file, section);
    if (!isOver) throw cutOff(file);
    if (!hasBalances) throw noStatement(file);
    for (const [account, { opening, closing, booked, line }] of accounts) {
        if (opening === undefined || closing === undefined) {
            sink.note(`${file}: no balances of account ${account}; its entries were not checked`);
        } else if (checksBalance) {
            assertBalance({ file, line, account, opening, booked, closing });
        }
    }
}

/** A bank writes one section for the whole time, or one for each day. */
function addBalances(account: Account, { line, values }: Section, file: string): void {
    const [opening, closing] = ['НачальныйОстаток', 'КонечныйОстаток'].map((key) => {
        const written = values.get(key);
        return written ? amountOf(written, key, line, file) : undefined;
    });
    account.line = line;
    account.opening ??= opening;
    account.closing = closing ?? account.closing;
}
