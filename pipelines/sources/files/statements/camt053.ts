import { count } from '../../../count.ts';
import { readXmlText } from '../xml.ts';
import { assertBalance, unitsOf } from './balance.ts';
import {
    isReturn,
    type Leaves,
    readBooking,
    type Transaction,
    transactionOf,
} from './camt053-entry.ts';
import { assertStatement, cutOff, noAccount, noAmount, noStatement } from './camt053-errors.ts';
import { countedLines } from './counted-lines.ts';
import type { StatementReading } from './entry.ts';

interface Statement {
    readonly line: number;
    readonly leaves: Leaves;
    opening: bigint | undefined;
    closing: bigint | undefined;
    closingLine: number;
    booked: bigint;
    readonly currencies: Set<string>;
}

/** Elements of which the text is kept until they close. */
const kept = new Set(['Stmt', 'Bal', 'Ntry', 'TxDtls']);

/** Elements that cannot be empty: when nothing closes one, the file is cut off. */
const solid = new Set([...kept, 'BkToCstmrStmt', 'Document', 'NtryDtls']);

interface Open {
    readonly name: string;
    readonly line: number;
    readonly leaves: Leaves;
    /** Names between it and the element that is open. */
    readonly path: string[];
}

/**
 * Reads a CAMT.053 file of any version, a statement after the other.
 * @throws ContractError or SourceError with the line that cannot be what it should
 */
export async function readCamt053(reading: StatementReading): Promise<void> {
    const { name: file, sink, checksBalance } = reading;
    const { text, lineAt } = countedLines(reading.text);
    const stack: Open[] = [];
    let root: string | undefined;
    let isStatement = false;
    let statement: Statement | undefined;
    let transactions: Transaction[] = [];
    let content = '';
    let whole = 0;

    const closeBalance = ({ leaves, line }: Open) => {
        const code = leaves.get('Tp/CdOrPrtry/Cd') ?? '';
        if (statement === undefined || !/^(OPBD|PRCD|CLBD)$/.test(code)) return;
        const size = unitsOf(leaves.get('Amt') ?? '');
        if (size === undefined) throw noAmount(file, line, 'Bal/Amt', leaves.get('Amt') ?? '');
        const units = leaves.get('CdtDbtInd') === 'DBIT' ? -size : size;
        statement.currencies.add(leaves.get('Amt@Ccy') ?? '');
        if (code === 'CLBD') {
            statement.closing = units;
            statement.closingLine = line;
        } else if (code === 'OPBD' || statement.opening === undefined) statement.opening = units;
    };
    const accountOf = () => {
        const leaves = statement?.leaves;
        const account = leaves?.get('Acct/Id/IBAN') ?? leaves?.get('Acct/Id/Othr/Id');
        if (account === undefined) throw noAccount(file, statement?.line ?? 1);
        return account;
    };
    const closeEntry = ({ leaves, line }: Open) => {
        const read = readBooking({
            file,
            line,
            leaves,
            transactions,
            account: accountOf(),
            statement: statement?.leaves.get('Id'),
        });
        transactions = [];
        if (read.isWhole) whole += 1;
        for (const entry of read.entries) sink.entry(entry, line);
        if (statement === undefined || !read.isBooked) return;
        statement.booked += read.units;
        statement.currencies.add(read.currency);
    };
    const closeTransaction = ({ leaves }: Open) => {
        const entry = stack.findLast(({ name }) => name === 'Ntry')?.leaves;
        if (entry === undefined) return;
        const isCredit = entry.get('CdtDbtInd') === 'CRDT';
        const isReversal = /^(true|1)$/.test(entry.get('RvslInd') ?? '');
        const owner = {
            account: accountOf(),
            isCredit,
            isReversal: isReversal || isReturn(entry, isCredit),
        };
        transactions.push(transactionOf(leaves, owner));
    };
    const closeStatement = ({ line }: Open) => {
        if (statement === undefined) return;
        const { opening, closing, closingLine, booked, currencies } = statement;
        const account = accountOf();
        if (opening === undefined || closing === undefined || currencies.size > 1) {
            const why =
                currencies.size > 1 ? 'several currencies' : 'no opening or closing balance';
            sink.note(
                `${file}: ${why} in the statement in line ${line}; its entries were not checked`,
            );
        } else if (checksBalance) {
            assertBalance({ file, line: closingLine, account, opening, booked, closing });
        }
        statement = undefined;
    };
    const closers: Readonly<Record<string, (done: Open) => void>> = {
        Bal: closeBalance,
        TxDtls: closeTransaction,
        Ntry: closeEntry,
        Stmt: closeStatement,
    };

    await readXmlText(text, {
        isDone: sink.isDone,
        drain: sink.drain,
        open: (name, index) => {
            content = '';
            root ??= name;
            if (!isStatement) {
                assertStatement(file, name, lineAt(index));
                isStatement = name === 'BkToCstmrStmt';
            } else if (kept.has(name) && !sink.isDone()) {
                const line = lineAt(index);
                const opened: Open = { name, line, leaves: new Map(), path: [] };
                stack.push(opened);
                if (name === 'Stmt') {
                    statement = {
                        line,
                        leaves: opened.leaves,
                        opening: undefined,
                        closing: undefined,
                        closingLine: line,
                        booked: 0n,
                        currencies: new Set(),
                    };
                }
            } else stack.at(-1)?.path.push(name);
        },
        attribute: (name, value) => {
            const last = stack.at(-1);
            if (name === 'Ccy' && last) last.leaves.set(`${last.path.join('/')}@Ccy`, value);
        },
        text: (piece) => {
            content += piece;
        },
        close: (name, isImplied) => {
            const last = stack.at(-1);
            if (isImplied && solid.has(name) && !sink.isDone()) {
                throw cutOff(file, name, last?.line ?? 1);
            }
            if (last === undefined) return;
            if (last.path.length === 0) {
                if (last.name !== name) return;
                stack.pop();
                if (!sink.isDone()) closers[name]?.(last);
                return;
            }
            const said = content.trim();
            content = '';
            if (said !== '') {
                const path = last.path.join('/');
                const before = last.leaves.get(path);
                last.leaves.set(path, before === undefined ? said : `${before} ${said}`);
            }
            last.path.pop();
        },
    });
    if (sink.isDone()) return;
    if (!isStatement) throw noStatement(file, root);
    if (whole > 0) {
        sink.note(
            `${file}: ${count(whole, 'batch booking')} read as one row each: the transactions do not add up to the booking`,
        );
    }
}
