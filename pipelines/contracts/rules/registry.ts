import type { RuleContract } from '../rule.ts';
import { attributionModels, channelRules, channels, platformChannels } from './attribution.ts';
import { campaigns, people, productLines } from './company.ts';
import {
    componentGates,
    planComponents,
    planMembers,
    planMultipliers,
    plans,
} from './incentives-plans.ts';
import { poolDepartments, poolMembers, pools } from './incentives-pools.ts';
import { componentTiers, multiplierTiers } from './incentives-tiers.ts';
import { reportLimits, sourceLimits } from './limits.ts';
import { exchangeRates, kpiCatalogue } from './reference.ts';
import { holidays, slaTerms, workHours } from './service.ts';
import { headlineKpis, targets } from './targets.ts';

/** Every rule file the product reads. */
export const rules: readonly RuleContract[] = [
    kpiCatalogue,
    channels,
    channelRules,
    platformChannels,
    attributionModels,
    slaTerms,
    workHours,
    holidays,
    exchangeRates,
    sourceLimits,
    reportLimits,
    people,
    productLines,
    campaigns,
    targets,
    headlineKpis,
    plans,
    planComponents,
    componentTiers,
    componentGates,
    planMultipliers,
    multiplierTiers,
    planMembers,
    pools,
    poolDepartments,
    poolMembers,
];
