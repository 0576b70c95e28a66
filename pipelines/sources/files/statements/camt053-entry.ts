import { withoutGaps } from '../without-gaps.ts';
import { amountText, unitsOf } from './balance.ts';
import { noAmount } from './camt053-errors.ts';
import { type Entry, isGermanReturn, movementOf } from './entry.ts';

/** Texts of an element by the path of each leaf in it; what is there several times is joined. */
export type Leaves = Map<string, string>;

/** What one of several transactions says beside its entry. */
export interface Transaction {
    readonly amount: string | undefined;
    readonly currency: string | undefined;
    readonly isCredit: boolean | undefined;
    readonly said: Pick<
        Entry,
        | 'counterparty_name'
        | 'counterparty_account'
        | 'reference'
        | 'bank_reference'
        | 'end_to_end_id'
        | 'purpose'
    >;
    readonly isReturn: boolean;
}

/** Codes of ISO 20022 for what undoes an earlier transfer or direct debit. */
const returnCodes = new Set(['RRTN', 'RPCR', 'UPDD', 'PRDD', 'RCDD', 'ARET', 'AREV']);

/** Whether it undoes an earlier transaction, by the code of the bank or a reason for it. */
export function isReturn(leaves: Leaves, isCredit: boolean): boolean {
    const [code = '', german = '', issuer = ''] = [
        'BkTxCd/Domn/Fmly/SubFmlyCd',
        'BkTxCd/Prtry/Cd',
        'BkTxCd/Prtry/Issr',
    ].map((path) => leaves.get(path));
    return (
        returnCodes.has(code) ||
        // `NTRF+109+...`
        (/^(DK|ZKA)$/.test(issuer) &&
            german.split('+').some((one) => isGermanReturn(one, isCredit))) ||
        [...leaves.keys()].some((path) => path.startsWith('RtrInf/'))
    );
}

interface Owner {
    readonly account: string;
    readonly isCredit: boolean;
    /** Of the entry. */
    readonly isReversal: boolean;
}

/** Reads a transaction of an entry; its party is named in two ways, by the version. */
export function transactionOf(leaves: Leaves, owner: Owner): Transaction {
    const of = (...paths: readonly string[]) =>
        paths.map((path) => leaves.get(path)).find((text) => text !== undefined);
    const party = (role: 'Dbtr' | 'Cdtr') => ({
        name: of(
            `RltdPties/${role}/Nm`,
            `RltdPties/${role}/Pty/Nm`,
            `RltdPties/Ultmt${role}/Nm`,
            `RltdPties/Ultmt${role}/Pty/Nm`,
        ),
        account: of(`RltdPties/${role}Acct/Id/IBAN`, `RltdPties/${role}Acct/Id/Othr/Id`),
    });
    const written = ['Amt', 'AmtDtls/TxAmt/Amt', 'AmtDtls/InstdAmt/Amt'].find((path) =>
        leaves.has(path),
    );
    const side = of('CdtDbtInd');
    const isCredit = side === undefined ? owner.isCredit : side === 'CRDT';
    const returns = isReturn(leaves, isCredit);
    const undoes = owner.isReversal || returns;
    // Parties keep the roles of what is undone.
    const [other, own] =
        isCredit !== undoes ? [party('Dbtr'), party('Cdtr')] : [party('Cdtr'), party('Dbtr')];
    const { name, account } = other.account === owner.account ? own : other;
    const endToEnd = of('Refs/EndToEndId');
    return {
        amount: written && leaves.get(written),
        currency: written && leaves.get(`${written}@Ccy`),
        isCredit: side === undefined ? undefined : isCredit,
        isReturn: returns,
        said: {
            counterparty_name: name,
            counterparty_account: account,
            reference: of('RmtInf/Strd/CdtrRefInf/Ref', 'Refs/InstrId'),
            bank_reference: of('Refs/AcctSvcrRef'),
            end_to_end_id: endToEnd === 'NOTPROVIDED' ? undefined : endToEnd,
            purpose: of('RmtInf/Ustrd', 'AddtlTxInf'),
        },
    };
}

export interface Booking {
    readonly file: string;
    readonly line: number;
    readonly account: string;
    readonly statement: string | undefined;
    readonly leaves: Leaves;
    readonly transactions: readonly Transaction[];
}

export interface ReadBooking {
    /** What the balance changes by; negative where money went out. */
    readonly units: bigint;
    readonly currency: string;
    readonly isBooked: boolean;
    readonly entries: readonly Entry[];
    /** Transactions that are not told apart, because their amounts are not those of the entry. */
    readonly isWhole: boolean;
}

/**
 * One entry, or one for each of its transactions where their amounts make up that of the entry.
 * @throws ContractError for an amount that is none
 */
export function readBooking(booking: Booking): ReadBooking {
    const { leaves, transactions, file, line } = booking;
    const [amount = '', currency, side] = ['Amt', 'Amt@Ccy', 'CdtDbtInd'].map((path) =>
        leaves.get(path),
    );
    const size = unitsOf(amount);
    if (size === undefined || size < 0n || !currency || !/^(CRDT|DBIT)$/.test(side ?? '')) {
        throw noAmount(file, line, 'Ntry/Amt', `${amount} ${currency ?? ''} ${side ?? ''}`.trim());
    }
    const isCredit = side === 'CRDT';
    const isReversal = /^(true|1)$/.test(leaves.get('RvslInd') ?? '');
    const isBooked = /^(BOOK)?$/.test(leaves.get('Sts/Cd') ?? leaves.get('Sts') ?? '');
    const day = (path: string) =>
        leaves.get(`${path}/Dt`) ?? leaves.get(`${path}/DtTm`)?.slice(0, 10);
    const common = {
        booking_date: day('BookgDt') ?? day('ValDt'),
        value_date: day('ValDt'),
        currency,
        bank_reference: leaves.get('AcctSvcrRef'),
        purpose: leaves.get('AddtlNtryInf'),
        code: leaves.get('BkTxCd/Domn/Fmly/SubFmlyCd') ?? leaves.get('BkTxCd/Prtry/Cd'),
        own_account: booking.account,
        statement_id: booking.statement,
    };
    const entryOf = (units: bigint, credit: boolean, one?: Transaction): Entry => {
        const undoes = isReversal || one?.isReturn || isReturn(leaves, credit);
        return {
            ...common,
            ...withoutGaps(one?.said ?? {}),
            amount: amountText(credit ? units : -units),
            movement: isBooked ? movementOf(credit, undoes) : 'pending',
        };
    };
    const parts = partsOf(transactions, { size, currency, isCredit });
    const [only] = transactions;
    const whole = () => entryOf(size, isCredit, transactions.length === 1 ? only : undefined);
    return {
        units: isCredit ? size : -size,
        currency,
        isBooked,
        entries: parts?.map((one) => entryOf(one.units, one.isCredit, one.of)) ?? [whole()],
        isWhole: transactions.length > 1 && parts === undefined,
    };
}

interface Sum {
    readonly size: bigint;
    readonly currency: string;
    readonly isCredit: boolean;
}

/** The transactions of an entry, where there are several and they make up its amount. */
function partsOf(transactions: readonly Transaction[], { size, currency, isCredit }: Sum) {
    if (transactions.length < 2) return undefined;
    let rest = size;
    const parts = [];
    for (const of of transactions) {
        const units = unitsOf(of.amount ?? '');
        if (units === undefined || of.currency !== currency) return undefined;
        const own = of.isCredit ?? isCredit;
        rest -= own === isCredit ? units : -units;
        parts.push({ units, isCredit: own, of });
    }
    return rest === 0n ? parts : undefined;
}
