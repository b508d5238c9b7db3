import type { CorazaValues } from './values.ts'

/** The rules of Coraza: how it works, which requests are exempt from what, then the Core Rule Set of the image. */
export function rules({ mode, detectionOnly, paranoia, anomaly, exclusions, bodyLimit }: CorazaValues, domain: string): string {
  const exempt = [
    ...detectionOnly.map((host) => ({ host, path: '/', controls: ['ctl:ruleEngine=DetectionOnly'] })),
    ...exclusions.map(({ host, path, rules: ids }) => ({ host, path, controls: ids.map((id) => `ctl:ruleRemoveById=${id}`) })),
  ]
  return `SecRuleEngine ${mode}
SecRequestBodyAccess On
SecRequestBodyLimit ${bodyLimit * 2 ** 20}
SecRequestBodyLimitAction Reject
SecResponseBodyAccess On
SecResponseBodyMimeType text/plain text/html text/xml
SecResponseBodyLimit 524288
SecResponseBodyLimitAction ProcessPartial
SecTmpDir /tmp
SecDataDir /tmp

# What is refused, or would be, goes to standard output, and from there to Loki: without headers and bodies, which hold credentials.
SecAuditEngine RelevantOnly
SecAuditLogRelevantStatus "^403$"
SecAuditLogParts AHKZ
SecAuditLogFormat JSON
SecAuditLogType Serial
SecAuditLog /dev/stdout

SecRule REQUEST_HEADERS:Content-Type "^(?:application(?:/soap\\+|/)|text/)xml" "id:200000,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=XML"
SecRule REQUEST_HEADERS:Content-Type "^application/(?:[a-z0-9.-]+[+])?json" "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
SecRule REQBODY_ERROR "!@eq 0" "id:200002,phase:2,t:none,log,deny,status:400,msg:'Failed to parse the request body'"

Include /opt/coraza/config/crs-setup.conf

SecAction "id:900000,phase:1,pass,t:none,nolog,setvar:tx.blocking_paranoia_level=${paranoia}"
SecAction "id:900110,phase:1,pass,t:none,nolog,setvar:tx.inbound_anomaly_score_threshold=${anomaly.inbound},setvar:tx.outbound_anomaly_score_threshold=${anomaly.outbound}"
SecAction "id:900200,phase:1,pass,t:none,nolog,setvar:'tx.allowed_methods=GET HEAD POST OPTIONS PUT PATCH DELETE'"
${exempt.map((one, index) => exemption(one, { id: 1000 + index, domain })).join('')}
Include /opt/coraza/owasp-crs/rules/*.conf
`
}

/** Of a host by all its names: that of clients, that of the region, and that which k8gb answers. */
function exemption(
  { host, path, controls }: { host: string; path: string; controls: readonly string[] },
  { id, domain }: { id: number; domain: string },
): string {
  const names = `^${host}\\.(?:[a-z0-9]+\\.)?${domain.replaceAll('.', '\\.')}(?::[0-9]+)?$`
  return `
SecRule REQUEST_HEADERS:Host "@rx ${names}" "id:${id},phase:1,pass,t:none,t:lowercase,nolog,chain"
  SecRule REQUEST_FILENAME "@beginsWith ${path}" "t:none,${controls.join(',')}"
`
}
