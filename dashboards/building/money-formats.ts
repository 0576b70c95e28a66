import { BuildError } from './errors.ts';

export interface NumberFormat {
    readonly formatTag: string;
    readonly formatCode: string;
    readonly valueType: 'number';
    readonly formatCategory: 'currency';
}

/**
 * Number formats of the company's currency, as spreadsheet format codes:
 * `money` whole units, `money_exact` with minor units, `money_short` for axes (12k, 3.4M).
 * @param currency ISO 4217 code
 * @throws BuildError when the code is not a currency code
 */
export function moneyFormats(currency: string): readonly NumberFormat[] {
    let parts: readonly Intl.NumberFormatPart[];
    let digits: number;
    try {
        const format = new Intl.NumberFormat('en', {
            style: 'currency',
            currency,
            currencyDisplay: 'narrowSymbol',
        });
        digits = format.resolvedOptions().maximumFractionDigits ?? 2;
        parts = format.formatToParts(1);
    } catch (error) {
        throw new BuildError(`${currency} is not a currency code`, { exitCode: 2, cause: error });
    }
    const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency;
    // A symbol of letters stands after the number with a space, as people write it: 1,200 zł.
    const withSymbol = (number: string) =>
        /^\p{L}/u.test(symbol) ? `${number} "${symbol}"` : `"${symbol}"${number}`;
    const signed = (number: string) => `${withSymbol(number)};-${withSymbol(number)}`;
    const exact = digits > 0 ? `#,##0.${'0'.repeat(digits)}` : '#,##0';
    return [
        format('money', signed('#,##0')),
        format('money_exact', signed(exact)),
        format(
            'money_short',
            `[>=1000000]${withSymbol('0.0,,"M"')};[>=1000]${withSymbol('0,"k"')};${withSymbol('0')}`,
        ),
    ];
}

const format = (formatTag: string, formatCode: string): NumberFormat => ({
    formatTag,
    formatCode,
    valueType: 'number',
    formatCategory: 'currency',
});
