/** Formats of bank statements that are no tables. */
export const statementTypes = ['1c_client_bank', 'camt053', 'mt940'] as const;

export type StatementType = (typeof statementTypes)[number];
