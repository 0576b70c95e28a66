import { ContractError, SourceError } from '../../../errors.ts';

export function cutOff(file: string, line: number): SourceError {
    return new SourceError({
        what: `${file}: the statement that begins in line ${line} has no closing balance (:62F:).`,
        why: 'the file is cut off',
        file,
        line,
        fix: 'copy or export the file again',
    });
}

export function noStatement(file: string, got: string): SourceError {
    return new SourceError({
        what: `${file} is no MT940 statement.`,
        file,
        expected: 'a line that begins with :20:',
        ...(got ? { got: got.slice(0, 60) } : {}),
        fix: 'say in format.type of the input what it is, or export it as MT940',
    });
}

export function interim(file: string, line: number, tag: string): SourceError {
    return new SourceError({
        what: `${file} is an interim report (MT942): what it holds comes again in the statement.`,
        file,
        line,
        got: `:${tag}:`,
        fix: 'export statements (MT940), and take this file out of the folder',
    });
}

export function outside(file: string, line: number, tag: string): ContractError {
    return new ContractError({
        what: `${file}: a field stands above the beginning of its statement.`,
        file,
        line,
        column: `:${tag}:`,
        expected: ':20: above it',
        fix: 'copy or export the file again',
    });
}

export function withoutOpening(file: string, line: number): ContractError {
    return new ContractError({
        what: `${file}: a statement has no account or no opening balance.`,
        file,
        line,
        expected: ':25: and :60F: with a currency above it',
        fix: 'copy or export the file again',
    });
}

export function noEntry(file: string, line: number, got: string): ContractError {
    return new ContractError({
        what: `${file}: an entry cannot be read.`,
        file,
        line,
        column: ':61:',
        expected:
            'dates, C, D, RC or RD, an amount and a reference, as in 2606300630CR12,50NTRFNONREF',
        got,
        fix: 'export the statement again',
    });
}

export function unknownLine(file: string, got: string, line: number): ContractError {
    return new ContractError({
        what: `${file} has a line that is no field of MT940.`,
        file,
        line,
        expected: 'a field such as :61: or :86:',
        got: got.slice(0, 80),
        fix: 'take the line out, or export the statement again',
    });
}

export function noBalance(file: string, line: number, tag: string, got: string): ContractError {
    return new ContractError({
        what: `${file}: a balance cannot be read.`,
        file,
        line,
        column: `:${tag}:`,
        expected: 'C or D, a date, a currency and an amount, as in C260630EUR1234,56',
        got,
        fix: 'export the statement again',
    });
}
