import type { RuleContract } from '../rule.ts';
import {
    attributionModels,
    channelRules,
    channels,
    platformChannels,
    platformClicks,
    sourceCategories,
} from './attribution.ts';
import {
    accountingPayments,
    approvers,
    disputes,
    payTerms,
    planAcknowledgements,
} from './close.ts';
import {
    absences,
    campaignBriefings,
    campaigns,
    employmentCosts,
    fiscalCalendar,
    lostReasons,
    people,
    pipelineStages,
    productLines,
    salesCapacity,
    waivers,
} from './company.ts';
import { commissionTerms, dealSplits } from './incentives-deals.ts';
import {
    componentGates,
    draws,
    planComponents,
    planMembers,
    planMultipliers,
    plans,
} from './incentives-plans.ts';
import { poolDepartments, poolMembers, pools } from './incentives-pools.ts';
import { componentTiers, multiplierTiers } from './incentives-tiers.ts';
import { questions, ruleVersions, scoreBands, scoreRules } from './lead-quality.ts';
import { reportLimits, sourceLimits } from './limits.ts';
import { exchangeRates, kpiCatalogue } from './reference.ts';
import {
    capacityBounds,
    holidays,
    pauseTerms,
    qualityTerms,
    requestTerms,
    slaTerms,
    supplyTerms,
    workHours,
} from './service.ts';
import { headlineKpis, targets } from './targets.ts';

/** Every rule file the product reads. */
export const rules: readonly RuleContract[] = [
    kpiCatalogue,
    channels,
    channelRules,
    sourceCategories,
    platformChannels,
    platformClicks,
    attributionModels,
    slaTerms,
    requestTerms,
    pauseTerms,
    qualityTerms,
    capacityBounds,
    workHours,
    holidays,
    exchangeRates,
    sourceLimits,
    reportLimits,
    fiscalCalendar,
    people,
    productLines,
    campaigns,
    campaignBriefings,
    pipelineStages,
    lostReasons,
    salesCapacity,
    absences,
    employmentCosts,
    waivers,
    questions,
    ruleVersions,
    scoreRules,
    scoreBands,
    supplyTerms,
    targets,
    headlineKpis,
    plans,
    planComponents,
    componentTiers,
    componentGates,
    planMultipliers,
    multiplierTiers,
    planMembers,
    draws,
    commissionTerms,
    dealSplits,
    pools,
    poolDepartments,
    poolMembers,
    approvers,
    payTerms,
    planAcknowledgements,
    disputes,
    accountingPayments,
];
