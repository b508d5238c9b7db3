import type { Region } from '@openova/core'

/**
 * nginx reads this file as it is: nothing is filled in when the container starts.
 * It reaches the internal Gateway over TLS, because a Gateway tells its app the scheme of its own connection: over plain HTTP every app would redirect for ever.
 */
export function nginxConfig({ bodyLimit, regions }: { bodyLimit: number; regions: readonly Region[] }): string {
  const gateways = regions.toSorted((a, b) => a.ordinal - b.ordinal).map(({ network }) => `  set_real_ip_from ${network.pods};`)
  return `load_module /usr/lib/nginx/modules/ngx_http_coraza_module.so;

worker_processes 1;
error_log /dev/stderr warn;
pid /tmp/nginx.pid;

events {
  worker_connections 4096;
}

http {
  server_tokens off;
  log_format json escape=json '{"time":"$time_iso8601","id":"$request_id","client":"$remote_addr","host":"$host","method":"$request_method","uri":"$uri","status":$status,"seconds":$request_time}';
  access_log /dev/stdout json;

  client_body_temp_path /tmp/client;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  client_max_body_size ${bodyLimit}m;

  # The public Gateway is the client; whom it speaks for stands in its header.
${gateways.join('\n')}
  real_ip_header X-Forwarded-For;
  real_ip_recursive on;

  # The internal Gateway may come later, and with another address: its name is looked up again and again.
  resolver kube-dns.kube-system.svc.cluster.local valid=10s ipv6=off;

  map $http_upgrade $upgrade_or_close {
    default upgrade;
    '' close;
  }

  server {
    listen 8080;
    coraza on;
    coraza_rules_file /etc/coraza/rules.conf;
    coraza_transaction_id $request_id;

    location / {
      set $gateway cilium-gateway-internal.kube-system.svc.cluster.local;
      proxy_pass https://$gateway:443;
      proxy_ssl_server_name on;
      proxy_ssl_name $host;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Connection $upgrade_or_close;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $http_x_forwarded_for;
      proxy_connect_timeout 5s;
      proxy_read_timeout 120s;
      proxy_send_timeout 120s;
    }
  }

  server {
    listen 8081;
    access_log off;

    location = /healthz {
      return 200;
    }
  }
}
`
}
