import type { HelmValues } from '@openova/core'
import type { TrivyValues } from './values.ts'

/** One scan at a time, by pods that are nobody and write to their own disk only. */
export function trivyValues({ severities, ignoreUnfixed, reportAge, pullSecrets, compliance }: TrivyValues): HelmValues {
  return {
    operator: {
      scanJobsConcurrentLimit: 1,
      // The database is fetched by each scan.
      scanJobTimeout: '15m',
      scannerReportTTL: reportAge,
      // Syft keeps the bills of materials.
      sbomGenerationEnabled: false,
      // It looks for the files of kubeadm, which K3s does not have, as root on the node.
      infraAssessmentScannerEnabled: false,
      clusterComplianceEnabled: compliance,
      accessGlobalSecretsAndServiceAccount: pullSecrets,
    },
    compliance: { specs: ['k8s-nsa-1.0', 'k8s-pss-baseline-0.1', 'k8s-pss-restricted-0.1'] },
    trivy: { severity: severities.join(), ignoreUnfixed, timeout: '10m0s' },
    trivyOperator: { scanJobPodTemplatePodSecurityContext: nobody },
    podSecurityContext: nobody,
    podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
  }
}

const nobody = { runAsNonRoot: true, runAsUser: 10000, runAsGroup: 10000, fsGroup: 10000, seccompProfile: { type: 'RuntimeDefault' } }
