import { adsExports } from './ads.ts';
import { crmExports } from './crm.ts';
import { moneyExports } from './money.ts';
import type { RealExport } from './real-export.ts';
import { statementExports } from './statements.ts';
import { webExports } from './web.ts';

export const realExports: readonly RealExport[] = [
    ...adsExports,
    ...webExports,
    ...crmExports,
    ...moneyExports,
    ...statementExports,
];
