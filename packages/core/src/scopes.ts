/** Kinds without a namespace, of those that this project renders. */
const clusterScoped = new Set([
  'Namespace', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'StorageClass', 'VolumeSnapshotClass', 'PriorityClass', 'RuntimeClass',
  'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'APIService',
  'GatewayClass', 'ClusterIssuer', 'ClusterSecretStore', 'ClusterExternalSecret', 'ClusterPushSecret', 'ClusterGenerator',
  'CiliumClusterwideNetworkPolicy', 'CiliumLoadBalancerIPPool', 'CiliumL2AnnouncementPolicy', 'CiliumCIDRGroup', 'CiliumEgressGatewayPolicy',
  'CiliumClusterwideEnvoyConfig', 'ClusterImageCatalog',
])

export const isClusterScoped = (kind: string): boolean => clusterScoped.has(kind)
