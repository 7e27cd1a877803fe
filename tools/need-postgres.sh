#!/bin/sh
# The tests need PostgreSQL's programs; Debian has them, and root may install them.
set -eu

for initdb in /usr/lib/postgresql/*/bin/initdb; do
    if [ -x "$initdb" ]; then exit 0; fi
done
if command -v initdb >/dev/null 2>&1; then exit 0; fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo '测试需要 PostgreSQL 15 以上版本，请由管理员执行：apt-get install postgresql' >&2
    exit 1
fi
echo '没有找到 PostgreSQL，正在安装 Debian 的 postgresql 软件包……'
export DEBIAN_FRONTEND=noninteractive
# the tests start servers of their own, so the package need not make one
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
    echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
apt-get update -qq
apt-get install -y -qq --no-install-recommends postgresql >/dev/null
