/** The bookkeeper's list of payments. */
export function financeInputs(directory: string) {
    return [
        {
            name: 'finance_payments',
            stream: 'payments',
            files: [`${directory}/finance/payments.csv`],
            format: {
                type: 'csv',
                delimiter: ';',
                decimal_separator: ',',
                thousands_separator: '.',
            },
            columns: {
                payment_id: 'Document No',
                deal_id: 'Deal No',
                paid_at: { column: 'Value Date', format: '%d.%m.%Y' },
                kind: { column: 'Type', values: { Receipt: 'payment', 'Credit note': 'refund' } },
                net_amount: 'Net',
                tax_amount: 'VAT 19%',
                gross_amount: 'Gross',
                currency_code: 'Currency',
                refund_of_payment_id: 'Refund Of',
            },
        },
    ];
}
