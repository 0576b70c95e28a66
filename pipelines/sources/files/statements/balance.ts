import { ContractError } from '../../../errors.ts';

/** Currencies have up to four decimals, and some banks write more. */
const decimals = 6;

/** An amount as a whole number of its millionths; undefined for what is no amount. */
export function unitsOf(amount: string): bigint | undefined {
    const [, sign, whole = '', fraction = ''] =
        /^([+-]?)(\d{1,18})(?:\.(\d{0,6}))?$/.exec(amount) ?? [];
    if (sign === undefined) return undefined;
    const units = BigInt(whole + fraction.padEnd(decimals, '0'));
    return sign === '-' ? -units : units;
}

/** An amount as text, with two decimals or as many as it needs. */
export function amountText(units: bigint): string {
    const digits = `${units < 0n ? -units : units}`.padStart(decimals + 1, '0');
    const fraction = digits.slice(-decimals).replace(/0{1,4}$/, '');
    return `${units < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${fraction}`;
}

export interface Balance {
    readonly file: string;
    /** Where the closing balance stands. */
    readonly line: number;
    readonly account: string;
    readonly opening: bigint;
    /** Sum of what was booked. */
    readonly booked: bigint;
    readonly closing: bigint;
}

/** @throws ContractError when the entries do not lead from the opening to the closing balance */
export function assertBalance(balance: Balance): void {
    const { file, line, account, opening, booked, closing } = balance;
    if (opening + booked === closing) return;
    const [start, sum, end] = [opening, booked, closing].map(amountText);
    throw new ContractError({
        what: `${file}: the entries of account ${account} do not lead to its closing balance.`,
        file,
        line,
        expected: `${start} + ${sum} = ${amountText(opening + booked)}`,
        got: `a closing balance of ${end}, which is ${amountText(closing - opening - booked)} more`,
        why: 'entries are missing, doubled or cut off',
        fix: 'export the whole statement again; where the bank leaves entries out on purpose, write check_balance: false in the format of the input',
    });
}
