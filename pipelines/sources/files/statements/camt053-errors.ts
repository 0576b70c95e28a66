import { ContractError, SourceError } from '../../../errors.ts';

/** What banks and programs hand out beside statements, by the element that says so. */
const others: Readonly<Record<string, string>> = {
    html: 'a page of a website, such as the log-in of a bank',
    HTML: 'a page of a website, such as the log-in of a bank',
    CstmrCdtTrfInitn: 'an order of payments (pain.001), not what the bank booked',
    CstmrDrctDbtInitn: 'an order of direct debits (pain.008), not what the bank booked',
    CstmrPmtStsRpt: 'an answer to orders (pain.002), not what the bank booked',
    BkToCstmrAcctRpt:
        'a report within the day (camt.052): what it holds comes again in the statement',
    BkToCstmrDbtCdtNtfctn: 'a notification (camt.054): what it holds stands in the statement, too',
};

/** @throws SourceError for an element that says that the file is something else */
export function assertStatement(file: string, name: string, line: number): void {
    const other = others[name];
    if (other === undefined) return;
    throw new SourceError({
        what: `${file} is ${other}.`,
        file,
        line,
        expected: '<BkToCstmrStmt> of a statement (camt.053)',
        got: `<${name}>`,
        fix: 'download the statement as CAMT.053, and take this file out of the folder',
    });
}

export function noStatement(file: string, root: string | undefined): SourceError {
    return new SourceError({
        what: `${file} is no CAMT.053 statement.`,
        file,
        expected: '<BkToCstmrStmt> in it',
        got: root === undefined ? 'no XML' : `<${root}>`,
        fix: 'say in format.type of the input what it is, or download the statement as CAMT.053',
    });
}

export function cutOff(file: string, name: string, line: number): SourceError {
    return new SourceError({
        what: `${file}: nothing closes <${name}>.`,
        why: 'the file is cut off or damaged',
        file,
        line,
        expected: `</${name}>`,
        fix: 'copy or export the file again',
    });
}

export function noAmount(file: string, line: number, column: string, got: string): ContractError {
    return new ContractError({
        what: `${file}: an amount cannot be read.`,
        file,
        line,
        column,
        expected: 'a number such as 1234.56, its currency, and CRDT or DBIT',
        got,
        fix: 'export the statement again',
    });
}

export function noAccount(file: string, line: number): ContractError {
    return new ContractError({
        what: `${file}: a statement does not say of which account it is.`,
        file,
        line,
        expected: 'Acct/Id/IBAN or Acct/Id/Othr/Id',
        fix: 'export the statement again',
    });
}
