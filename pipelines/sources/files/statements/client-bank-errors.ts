import { ContractError, SourceError } from '../../../errors.ts';

export function noExchange(file: string, got: string, line: number): SourceError {
    return new SourceError({
        what: `${file} is no file of the exchange with 1C.`,
        file,
        line,
        expected: '1CClientBankExchange in the first line',
        got: got.slice(0, 60),
        fix: 'say in format.type of the input what it is, or export it for 1C',
    });
}

export function otherSection(file: string, got: string, line: number): ContractError {
    return new ContractError({
        what: `${file} has a section of a kind that no statement has.`,
        file,
        line,
        expected: 'СекцияРасчСчет or СекцияДокумент',
        got: got.slice(0, 60),
        fix: 'export the statement of the account for 1C (kl_to_1c.txt) instead',
    });
}

export function unfinished(
    file: string,
    { kind, line }: { kind: string; line: number },
): SourceError {
    return new SourceError({
        what: `${file}: the section that begins in line ${line} does not end.`,
        why: 'the file is cut off or damaged',
        file,
        line,
        expected: kind === 'СекцияДокумент' ? 'КонецДокумента' : 'КонецРасчСчет',
        fix: 'copy or export the file again',
    });
}

export function cutOff(file: string): SourceError {
    return new SourceError({
        what: `${file} does not end with КонецФайла.`,
        why: 'the file is cut off',
        file,
        fix: 'copy or export the file again',
    });
}

export function noStatement(file: string): SourceError {
    return new SourceError({
        what: `${file} holds orders to a bank, not what the bank booked.`,
        why: 'it has no section СекцияРасчСчет with the balances of an account',
        file,
        fix: 'export the statement of the account for 1C (kl_to_1c.txt) instead',
    });
}

export function unknownLine(file: string, got: string, line: number): ContractError {
    const isReadable = /[А-Яа-яЁё]/.test(got);
    return new ContractError({
        what: isReadable
            ? `${file} has a line that belongs to no section.`
            : `${file} is written in another encoding than it says.`,
        file,
        line,
        expected: 'a name in Russian letters, = and a value',
        got: got.slice(0, 60),
        fix: isReadable
            ? 'take the line out, or export the statement again'
            : "set format.encoding of the input, for example 'windows-1251', 'ibm866' or 'utf-8'",
    });
}

export function strangeDocument(
    file: string,
    line: number,
    parties: readonly { readonly account: string | undefined }[],
    accounts: ReadonlyMap<string, unknown>,
): ContractError {
    return new ContractError({
        what: `${file}: a document is of no account of the file.`,
        file,
        line,
        column: 'ПлательщикСчет, ПолучательСчет',
        expected: `one of ${[...accounts.keys()].join(', ') || 'the accounts in РасчСчет='}`,
        got: parties.map(({ account }) => account ?? 'nothing').join(', '),
        fix: 'export the statement again with all of its accounts',
    });
}

export function noAmount(file: string, line: number, column: string, got: string): ContractError {
    return new ContractError({
        what: `${file}: an amount cannot be read.`,
        file,
        line,
        column,
        expected: 'an amount such as 1234.56',
        got: got || 'nothing',
        fix: 'export the statement again',
    });
}
